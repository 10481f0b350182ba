using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Values;

/// <summary>An array of which each item is a value of its own.</summary>
/// <param name="Node">Where it is written.</param>
/// <param name="Items">The items in order.</param>
public sealed record ArrayExpression(DocumentNode Node, IReadOnlyList<ValueExpression> Items) : ValueExpression(Node);
