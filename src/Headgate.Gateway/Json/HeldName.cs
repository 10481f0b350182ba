namespace Headgate.Gateway.Json;

/// <summary>The name of a member while it is read, over as many pieces as it lies across. A mutable value, which has memory only once a name was cut.</summary>
internal struct HeldName
{
    private byte[]? _held;
    private int _start;
    private int _count;

    /// <summary>Whether a name is open.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>A name begins.</summary>
    public void Begin(int at) => (IsOpen, _start, _count) = (true, at, 0);

    /// <summary>There is none.</summary>
    public void Forget() => IsOpen = false;

    /// <summary>The next piece goes on with it.</summary>
    public void GoOn() => _start = 0;

    /// <summary>Keeps what a piece has of it.</summary>
    public void Hold(ReadOnlySpan<byte> piece) => Keep(piece[_start..]);

    /// <summary>The name ends.</summary>
    /// <returns>It as it is written, with its quotes; empty for one that is too long to be held.</returns>
    public ReadOnlySpan<byte> End(ReadOnlySpan<byte> piece, int after)
    {
        IsOpen = false;
        ReadOnlySpan<byte> last = piece[_start..after];
        if (_count == 0)
            return last;
        Keep(last);
        return _count <= JsonStream.MostNameBytes ? _held.AsSpan(0, _count) : default;
    }

    private void Keep(ReadOnlySpan<byte> part)
    {
        _held ??= new byte[JsonStream.MostNameBytes];
        if (part.Length <= JsonStream.MostNameBytes - _count)
            part.CopyTo(_held.AsSpan(_count));
        _count = Math.Min(_count + part.Length, JsonStream.MostNameBytes + 1);
    }
}
