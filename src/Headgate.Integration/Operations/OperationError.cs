namespace Headgate.Integration.Operations;

/// <summary>Why an operation failed. Immutable.</summary>
/// <param name="Code">A code of the error catalogue: <c>GATEWAY_TIMEOUT</c>.</param>
/// <param name="Detail">What happened, for the client to read: no secrets, no internal addresses.</param>
public sealed record OperationError(string Code, string Detail);
