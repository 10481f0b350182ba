namespace Headgate.OpenApi.Values;

/// <summary>Why a text is not an expression, and at which character after its root.</summary>
internal readonly record struct ExpressionProblem(string Text, int Offset);
