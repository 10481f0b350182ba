namespace Headgate.OpenApi.Model;

/// <summary>A part of a path segment.</summary>
/// <param name="IsParameter">Whether it is a parameter (<c>{name}</c>) or literal text.</param>
/// <param name="Text">The parameter's name without braces, or the literal text as written.</param>
public readonly record struct PathPart(bool IsParameter, string Text);
