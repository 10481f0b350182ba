using Headgate.Gateway.Values;

namespace Headgate.Gateway.Aggregation;

/// <summary>A piece of a <see cref="PartTarget"/>. Immutable.</summary>
/// <param name="Text">What is sent as written; for a value its name.</param>
/// <param name="Value">The value that is filled in; null for text.</param>
internal sealed record PartTargetPiece(string Text, TextValue? Value);
