using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Values;

/// <summary><c>$steps.NAME.response.body#/pointer</c>: the JSON answer of a saga's step, or a part of it.</summary>
/// <param name="Node">Where it is written.</param>
/// <param name="Step">The step's name.</param>
/// <param name="Pointer">Which part of the answer.</param>
public sealed record StepAnswerExpression(DocumentNode Node, string Step, JsonPointer Pointer) : ValueExpression(Node);
