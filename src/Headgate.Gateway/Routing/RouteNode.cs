namespace Headgate.Gateway.Routing;

/// <summary>
/// A node of the route trie: what may follow after the segments so far. Immutable. Small on purpose, since a request to one of many operations finds none of
/// its nodes in the processor's caches: most nodes have a single literal, which stands in the node itself.
/// </summary>
internal sealed class RouteNode
{
    private readonly string? _literal;
    private readonly RouteNode? _afterLiteral;
    private readonly LiteralIndex? _literals;

    /// <param name="literals">The literal segments that may follow, and what follows them.</param>
    /// <param name="mixed">Segments that mix literals and parameters, the most specific first.</param>
    /// <param name="parameter">What follows a segment that is one whole parameter.</param>
    /// <param name="methods">The operations of the path that ends here.</param>
    public RouteNode(KeyValuePair<string, RouteNode>[] literals, MixedSegment[] mixed, RouteNode? parameter, MethodTable? methods)
    {
        if (literals is [var only])
            (_literal, _afterLiteral) = only;
        else if (literals.Length > 0)
            _literals = new LiteralIndex(literals);
        (Mixed, Parameter, Methods) = (mixed, parameter, methods);
    }

    /// <summary>Segments that mix literals and parameters, the most specific first.</summary>
    public MixedSegment[] Mixed { get; }

    /// <summary>The node behind a segment that is one whole parameter.</summary>
    public RouteNode? Parameter { get; }

    /// <summary>The operations of the path that ends here; null when none does.</summary>
    public MethodTable? Methods { get; }

    /// <summary>The node behind a literal segment, or null.</summary>
    public RouteNode? Literal(ReadOnlySpan<char> segment)
    {
        if (_literal is not null)
            return segment.SequenceEqual(_literal) ? _afterLiteral : null;
        return _literals?.Find(segment);
    }
}
