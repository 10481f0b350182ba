using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Values;

/// <summary><c>$request.body</c> or <c>$request.body#/pointer</c>: the JSON body of the client's request, or a part of it.</summary>
/// <param name="Node">Where it is written.</param>
/// <param name="Pointer">Which part.</param>
public sealed record RequestBodyExpression(DocumentNode Node, JsonPointer Pointer) : ValueExpression(Node);
