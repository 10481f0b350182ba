using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Values;

/// <summary><c>$claims.x</c>: a claim of the verified caller.</summary>
/// <param name="Node">Where it is written.</param>
/// <param name="Name">The claim's name.</param>
public sealed record ClaimExpression(DocumentNode Node, string Name) : ValueExpression(Node);
