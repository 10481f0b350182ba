namespace Headgate.OpenApi.Values;

/// <summary>A part of a <see cref="TargetTemplate"/>: exactly one of the three is set. Immutable.</summary>
/// <param name="Literal">Text to send as written.</param>
/// <param name="Placeholder">The name of <c>{name}</c>, resolved from path, query, claims and answers in turn.</param>
/// <param name="Expression">The expression of <c>{$…}</c>.</param>
public sealed record TargetPart(string? Literal, string? Placeholder, ValueExpression? Expression);
