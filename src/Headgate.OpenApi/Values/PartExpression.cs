using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Values;

/// <summary><c>$parts.NAME#/pointer</c>: the answer of another part of an aggregate, or a part of it.</summary>
/// <param name="Node">Where it is written.</param>
/// <param name="Part">The other part's field.</param>
/// <param name="Pointer">Which part of the answer.</param>
public sealed record PartExpression(DocumentNode Node, string Part, JsonPointer Pointer) : ValueExpression(Node);
