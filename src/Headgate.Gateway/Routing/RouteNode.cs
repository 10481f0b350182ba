using System.Collections.Frozen;

namespace Headgate.Gateway.Routing;

/// <summary>A node of the route trie: what may follow after the segments so far. Built by <see cref="RouteTableBuilder"/>, then only read.</summary>
internal sealed class RouteNode
{
    // Up to this many literals are compared one by one: faster than hashing, and most nodes of real documents have fewer.
    private const int LinearLimit = 4;

    private readonly Dictionary<string, RouteNode> _building = new(StringComparer.Ordinal);
    private readonly List<MixedSegment> _mixed = [];
    private KeyValuePair<string, RouteNode>[] _few = [];
    private FrozenDictionary<string, RouteNode>.AlternateLookup<ReadOnlySpan<char>>? _many;

    /// <summary>Segments that mix literals and parameters, the most specific first.</summary>
    public MixedSegment[] Mixed { get; private set; } = [];

    /// <summary>The node behind a segment that is one whole parameter.</summary>
    public RouteNode? Parameter { get; private set; }

    /// <summary>The operations of the path that ends here; null when none does.</summary>
    public MethodTable? Methods { get; private set; }

    public RouteNode? Literal(ReadOnlySpan<char> segment)
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

    public RouteNode AddLiteral(string segment)
    {
        if (!_building.TryGetValue(segment, out RouteNode? node))
            _building.Add(segment, node = new RouteNode());
        return node;
    }

    public RouteNode AddMixed(IReadOnlyList<string> literals)
    {
        if (_mixed.Find(known => known.HasLiterals(literals)) is { } existing)
            return existing.Next;
        var added = new MixedSegment([.. literals], new RouteNode());
        _mixed.Add(added);
        return added.Next;
    }

    public RouteNode AddParameter() => Parameter ??= new RouteNode();

    public MethodTable AddMethods() => Methods ??= new MethodTable();

    public void Freeze()
    {
        Mixed = [.. _mixed.OrderByDescending(mixed => mixed.LiteralLength)];
        if (_building.Count <= LinearLimit)
            _few = [.. _building];
        else
            _many = _building.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

        foreach (RouteNode child in _building.Values)
            child.Freeze();
        foreach (MixedSegment mixed in Mixed)
            mixed.Next.Freeze();
        Parameter?.Freeze();
    }
}
