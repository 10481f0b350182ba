using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Values;

/// <summary>Text with expressions in braces, such as <c>Order {$steps.create-order.response.body#/id}</c>. Its value is a string.</summary>
/// <param name="Node">Where it is written.</param>
/// <param name="Parts">Literals and expressions in order.</param>
public sealed record InterpolatedExpression(DocumentNode Node, IReadOnlyList<ValueExpression> Parts) : ValueExpression(Node);
