using Headgate.Gateway.Forwarding.Health;

namespace Headgate.Server.Reporting;

/// <summary>How an instance of a service stands.</summary>
/// <param name="Url">Its address.</param>
/// <param name="State"><c>usable</c>, <c>cooling</c>, <c>ejected</c>, <c>unhealthy</c>, <c>draining</c> or <c>drained</c>.</param>
/// <param name="BackInSeconds">In what time it is used again; null where it is used, or nobody knows.</param>
/// <param name="Weight">Its share of the traffic relative to the others.</param>
/// <param name="InFlight">Calls under way.</param>
/// <param name="FailuresInARow">Failures one after the other, up to the latest call.</param>
/// <param name="Pool">Connections to it; null where the framework keeps them.</param>
internal sealed record InstanceReport(string Url, string State, double? BackInSeconds, int Weight, int InFlight, int FailuresInARow, PoolReport? Pool)
{
    public static InstanceReport Of(InstanceStatus status) => new(
        status.Url.GetLeftPart(UriPartial.Path),
        status.State,
        status.BackIn is { } back ? Math.Round(back.TotalSeconds, 1) : null,
        status.Weight,
        status.InFlight,
        status.FailuresInARow,
        status is { OpenConnections: { } open, IdleConnections: { } idle } ? new PoolReport(open, idle, Math.Max(0, open - idle)) : null);
}
