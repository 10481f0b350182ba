using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Values;

/// <summary>A scalar that means itself.</summary>
/// <param name="Node">Where it is written; holds numbers, booleans and null.</param>
/// <param name="Kind">The type of the value.</param>
/// <param name="Text">The string, or the scalar as JSON writes it.</param>
public sealed record LiteralExpression(DocumentNode Node, ScalarKind Kind, string Text) : ValueExpression(Node);
