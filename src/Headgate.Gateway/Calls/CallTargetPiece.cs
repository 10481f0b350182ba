using Headgate.Gateway.Values;

namespace Headgate.Gateway.Calls;

/// <summary>A piece of a <see cref="CallTarget"/>. Immutable.</summary>
/// <param name="Text">What is sent as written; for a value its name.</param>
/// <param name="Value">The value that is filled in; null for text.</param>
internal sealed record CallTargetPiece(string Text, TextValue? Value);
