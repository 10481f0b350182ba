using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Values;

/// <summary>
/// A request target with placeholders, such as <c>/orders?userId={userId}&amp;limit=5</c>: what a backend, an aggregate's part
/// or a saga's step is called with. Placeholders in the path are encoded as path segments, those in the query as query values.
/// Immutable, thread-safe.
/// </summary>
/// <param name="Node">Where it is written.</param>
/// <param name="Text">The template as written.</param>
/// <param name="Path">The parts of the path, in order.</param>
/// <param name="Query">The parts of the query after <c>?</c>, in order; null where there is no query.</param>
public sealed record TargetTemplate(DocumentNode Node, string Text, IReadOnlyList<TargetPart> Path, IReadOnlyList<TargetPart>? Query)
{
    /// <summary>The parts of path and query in order.</summary>
    public IEnumerable<TargetPart> Parts => Query is null ? Path : Path.Concat(Query);

    /// <summary>Reads a template.</summary>
    /// <returns>Null when it is malformed; why, goes to <paramref name="diagnostics"/>.</returns>
    public static TargetTemplate? Parse(ScalarNode node, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(diagnostics);
        return new TargetTemplateParser(node, diagnostics).Parse();
    }
}
