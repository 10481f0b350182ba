using Headgate.Gateway.Forwarding.Health;

namespace Headgate.Server.Reporting;

/// <summary>How a circuit breaker stands.</summary>
/// <param name="Operation">The operation whose own it is, as <c>document/operationId</c>; null for the service's.</param>
/// <param name="State"><c>closed</c>, <c>open</c> or <c>half-open</c>.</param>
/// <param name="RetryAfterSeconds">In what time a call may pass.</param>
/// <param name="Refused">Calls that were refused so far.</param>
internal sealed record BreakerReport(string? Operation, string State, double RetryAfterSeconds, long Refused)
{
    public static BreakerReport Of(BreakerStatus status) => new(status.Operation, status.State, Math.Round(status.RetryAfter.TotalSeconds, 1), status.Refused);
}
