namespace Headgate.OpenApi.Overlays;

/// <summary>A JSONPath.</summary>
/// <param name="FromRoot">Whether it starts at the root (<c>$</c>) or at the value that a filter looks at (<c>@</c>).</param>
/// <param name="Segments">The segments in order.</param>
internal sealed record PathQuery(bool FromRoot, IReadOnlyList<PathSegmentStep> Segments)
{
    // RFC 9535 §2.3.5.1: a comparison takes singular queries only, made of names and indexes.
    public bool IsSingular => Segments.All(segment => !segment.Descendants && segment.Selectors is [PathSelector.Name or PathSelector.Index]);
}
