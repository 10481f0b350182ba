using Headgate.Gateway.Plans;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Routing;

/// <summary>Collects the routes of all documents and compiles them to a <see cref="RouteTable"/>. Used once, by one thread.</summary>
internal sealed class RouteTableBuilder
{
    private readonly RouteNodeBuilder _root = new();
    private readonly Dictionary<string, string> _strings = new(StringComparer.Ordinal);

    /// <summary>Adds an operation under a base path.</summary>
    /// <returns>The operation that has this path and method already (nothing is added then), or null.</returns>
    public OperationPlan? Add(string basePath, PathTemplate template, string method, OperationPlan operation)
    {
        RouteNodeBuilder node = _root;
        foreach (string segment in basePath.Split('/').Skip(1))
            node = node.Literal(Normal(segment));
        foreach (PathSegment segment in template.Segments)
            node = Add(node, segment);
        return node.Add(method, operation);
    }

    public RouteTable Build() => new(_root.Build(Share));

    private string Share(string text)
    {
        _strings.TryAdd(text, text);
        return _strings[text];
    }

    private static RouteNodeBuilder Add(RouteNodeBuilder node, PathSegment segment)
    {
        if (segment.Parts is [{ IsParameter: false } literal])
            return node.Literal(Normal(literal.Text));
        if (segment.Parts is [{ IsParameter: true }])
            return node.Parameter();

        var literals = new List<string>();
        bool expectLiteral = true;
        foreach (PathPart part in segment.Parts)
        {
            if (part.IsParameter && expectLiteral)
                literals.Add("");
            if (!part.IsParameter)
                literals.Add(Normal(part.Text));
            expectLiteral = part.IsParameter;
        }

        if (expectLiteral)
            literals.Add("");
        return node.Mixed(literals);
    }

    /// <summary>A literal of a template or base path in the form that request paths are brought into, so that both sides mean the same bytes.</summary>
    public static string Normal(string literal) =>
        PathNormaliser.TryNormaliseText(literal, out string normal, out _) ? normal : literal;
}
