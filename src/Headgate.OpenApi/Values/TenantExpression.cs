using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Values;

/// <summary><c>$tenant</c>: the tenant for which the request is made.</summary>
/// <param name="Node">Where it is written.</param>
public sealed record TenantExpression(DocumentNode Node) : ValueExpression(Node);
