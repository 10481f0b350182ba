using System.Buffers;

namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>
/// Writes keys of parts, each with its length before it: no text of one part can be taken for the end of it and the beginning of another. Begins in the buffer that it is given
/// and goes on in one of the pool.
/// </summary>
/// <param name="buffer">The first buffer.</param>
internal ref struct KeyWriter(Span<char> buffer)
{
    private const int LengthChars = 2;
    private const int BitsPerChar = 16;

    private Span<char> _buffer = buffer;
    private char[]? _rented;
    private int _length;

    /// <summary>What is written.</summary>
    public readonly ReadOnlySpan<char> Written => _buffer[.._length];

    /// <summary>Writes a part.</summary>
    public void Part(ReadOnlySpan<char> text)
    {
        int start = BeginPart();
        Append(text);
        EndPart(start);
    }

    /// <summary>Begins a part that is appended piece by piece.</summary>
    /// <returns>What <see cref="EndPart"/> wants to know.</returns>
    public int BeginPart()
    {
        Ensure(LengthChars);
        _length += LengthChars;
        return _length;
    }

    public readonly void EndPart(int start)
    {
        int length = _length - start;
        _buffer[start - LengthChars] = (char)(length >> BitsPerChar);
        _buffer[start - 1] = (char)length;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        Ensure(text.Length);
        text.CopyTo(_buffer[_length..]);
        _length += text.Length;
    }

    /// <summary>Appends a text, its ASCII letters in lower case where case does not count.</summary>
    public void Append(ReadOnlySpan<char> text, bool foldsCase)
    {
        Append(text);
        if (!foldsCase)
            return;
        foreach (ref char c in _buffer.Slice(_length - text.Length, text.Length))
            c = char.ToLowerInvariant(c);
    }

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<char>.Shared.Return(_rented);
        _rented = null;
    }

    private void Ensure(int count)
    {
        if (_buffer.Length - _length >= count)
            return;
        char[] larger = ArrayPool<char>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + count));
        Written.CopyTo(larger);
        Dispose();
        _buffer = larger;
        _rented = larger;
    }
}
