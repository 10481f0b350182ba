using System.Collections.Frozen;

namespace Headgate.Gateway.Routing;

/// <summary>Several literal segments, and the nodes behind them. Immutable.</summary>
internal sealed class LiteralIndex
{
    // Up to this many literals are compared one by one, which is faster than hashing.
    private const int LinearLimit = 4;

    private readonly KeyValuePair<string, RouteNode>[] _few = [];
    private readonly FrozenDictionary<string, RouteNode>.AlternateLookup<ReadOnlySpan<char>>? _many;

    public LiteralIndex(KeyValuePair<string, RouteNode>[] literals)
    {
        if (literals.Length <= LinearLimit)
            _few = literals;
        else
            _many = literals.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public RouteNode? Find(ReadOnlySpan<char> segment)
    {
        if (_many is { } many)
            return many.TryGetValue(segment, out RouteNode? node) ? node : null;
        foreach (KeyValuePair<string, RouteNode> entry in _few)
        {
            if (segment.SequenceEqual(entry.Key))
                return entry.Value;
        }

        return null;
    }
}
