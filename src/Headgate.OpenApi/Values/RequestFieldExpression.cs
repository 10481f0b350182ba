using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Values;

/// <summary><c>$request.path.x</c>, <c>$request.query.x</c> or <c>$request.header.x</c>.</summary>
/// <param name="Node">Where it is written.</param>
/// <param name="Field">The place of the request.</param>
/// <param name="Name">The name there.</param>
public sealed record RequestFieldExpression(DocumentNode Node, RequestField Field, string Name) : ValueExpression(Node);
