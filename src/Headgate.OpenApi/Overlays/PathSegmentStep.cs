namespace Headgate.OpenApi.Overlays;

/// <summary>A segment of a JSONPath (RFC 9535 §2.5).</summary>
/// <param name="Descendants">Whether it applies to the values and all that is in them (<c>..</c>), or to the values alone.</param>
/// <param name="Selectors">The selectors, of which each adds what it selects.</param>
internal sealed record PathSegmentStep(bool Descendants, IReadOnlyList<PathSelector> Selectors);
