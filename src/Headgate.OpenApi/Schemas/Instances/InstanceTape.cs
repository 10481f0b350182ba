using System.Runtime.CompilerServices;

namespace Headgate.OpenApi.Schemas.Instances;

/// <summary>
/// A JSON value as a flat list of tokens in document order: an object is its token and then name, value, name, value; an array its token and then its items.
/// Made in one pass by <see cref="JsonTokenizer"/>, or piece by piece from parameters and forms. Used again and again; not thread-safe.
/// </summary>
public sealed class InstanceTape
{
    private const int UsualTokens = 256;
    private const int KeptTokens = 8 * 1024;
    private const int KeptScratchBytes = 64 * 1024;

    private InstanceToken[] _tokens = new InstanceToken[UsualTokens];
    private byte[] _scratch = [];
    private int _count;
    private int _scratchLength;

    internal ReadOnlySpan<InstanceToken> Tokens => _tokens.AsSpan(0, _count);

    internal ReadOnlySpan<byte> Scratch => _scratch.AsSpan(0, _scratchLength);

    /// <summary>How many tokens there are.</summary>
    public int Count => _count;

    /// <summary>Forgets everything, and gives back what an unusually large value took.</summary>
    public void Clear()
    {
        _count = 0;
        _scratchLength = 0;
        if (_tokens.Length > KeptTokens)
            _tokens = new InstanceToken[UsualTokens];
        if (_scratch.Length > KeptScratchBytes)
            _scratch = [];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref InstanceToken Add()
    {
        if (_count == _tokens.Length)
            GrowTokens();
        return ref _tokens[_count++];
    }

    internal ref InstanceToken At(int index) => ref _tokens[index];

    /// <summary>Room in the scratch; what is written there is kept by <see cref="KeepScratch"/>.</summary>
    internal Span<byte> ScratchRoom(int bytes)
    {
        if (_scratch.Length - _scratchLength < bytes)
            Array.Resize(ref _scratch, Math.Max(Math.Max(_scratch.Length * 2, 256), checked(_scratchLength + bytes)));
        return _scratch.AsSpan(_scratchLength);
    }

    /// <summary>Keeps the first bytes of the room; returns the offset at which they lie.</summary>
    internal int KeepScratch(int bytes)
    {
        int start = _scratchLength;
        _scratchLength += bytes;
        return start;
    }

    /// <summary>How much is in the scratch.</summary>
    internal int ScratchLength => _scratchLength;

    /// <summary>Forgets what was added after the tape was so long.</summary>
    internal void CutBack(int count, int scratchLength) => (_count, _scratchLength) = (count, scratchLength);

    private void GrowTokens() => Array.Resize(ref _tokens, checked(_tokens.Length * 2));
}
