namespace Headgate.Gateway.Forwarding.Health;

/// <summary>How a breaker stands. A snapshot.</summary>
/// <param name="Operation">The operation, as <c>document/operationId</c>, where it has one of its own; null for the service's.</param>
/// <param name="State"><c>closed</c>, <c>open</c> or <c>half-open</c>.</param>
/// <param name="RetryAfter">In what time a call may pass; zero for now.</param>
/// <param name="Refused">Calls that were refused so far.</param>
public sealed record BreakerStatus(string? Operation, string State, TimeSpan RetryAfter, long Refused);
