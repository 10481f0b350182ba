using Headgate.Gateway.Values;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Calls;

/// <summary>A piece of a <see cref="CallTarget"/>. Immutable.</summary>
/// <param name="Text">What is sent as written; for a value its name.</param>
/// <param name="Value">The value that is filled in; null for text.</param>
internal sealed record CallTargetPiece(string Text, TextValue? Value)
{
    /// <summary>The part of an aggregate in whose answer the value is; null for one of the request, or of an earlier call.</summary>
    public PartExpression? Part { get; init; }
}
