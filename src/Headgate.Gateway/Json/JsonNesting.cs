namespace Headgate.Gateway.Json;

/// <summary>The objects and arrays that are open. A mutable value; a bit for each level, set for an object.</summary>
internal struct JsonNesting
{
    private const int BitsPerWord = 64;

    private ulong[]? _levels;

    /// <summary>How many are open.</summary>
    public int Depth { get; private set; }

    /// <summary>Whether the innermost is an object.</summary>
    public readonly bool IsInObject => Depth > 0 && ((_levels![(Depth - 1) / BitsPerWord] >> ((Depth - 1) % BitsPerWord)) & 1) != 0;

    /// <summary>None is open.</summary>
    public void Clear() => Depth = 0;

    /// <summary>Another is open.</summary>
    public void Open(bool isObject)
    {
        _levels ??= new ulong[JsonStream.MostDepth / BitsPerWord];
        ulong bit = 1UL << (Depth % BitsPerWord);
        ref ulong word = ref _levels[Depth++ / BitsPerWord];
        word = isObject ? word | bit : word & ~bit;
    }

    /// <summary>The innermost is closed.</summary>
    public void Close() => Depth--;
}
