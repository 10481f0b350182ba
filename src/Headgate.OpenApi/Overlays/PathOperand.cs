using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Overlays;

/// <summary>One side of a comparison: a literal, or the value that a query selects.</summary>
/// <param name="Literal">The literal, or null for a query.</param>
/// <param name="Query">The query, or null for a literal.</param>
internal sealed record PathOperand((ScalarKind Kind, string Text)? Literal, PathQuery? Query);
