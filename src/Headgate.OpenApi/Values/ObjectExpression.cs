using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Values;

/// <summary>An object of which each member is a value of its own.</summary>
/// <param name="Node">Where it is written.</param>
/// <param name="Members">Key and value in document order.</param>
public sealed record ObjectExpression(DocumentNode Node, IReadOnlyList<KeyValuePair<string, ValueExpression>> Members) : ValueExpression(Node);
