namespace Headgate.Integration.Operations;

/// <summary>What an operation that succeeded has come to, as an answer over HTTP. Immutable; the body must not be changed afterwards.</summary>
/// <param name="Status">The status code.</param>
/// <param name="MediaType">The media type of the body; null for none.</param>
/// <param name="Body">The body, at most <see cref="OperationBounds.MostResultBytes"/>.</param>
public sealed record OperationResult(int Status, string? MediaType, byte[] Body);
