using Headgate.Gateway.Telemetry;
using Headgate.Server.Hosting;

namespace Headgate.Server.Reporting;

/// <summary>Whether an instance wants traffic, and what of it is still under way.</summary>
/// <param name="Draining">Whether it asks for no further traffic.</param>
/// <param name="ByHand">Whether an operator says so.</param>
/// <param name="Since">Since when an operator says so; null when none does.</param>
/// <param name="RequestsInFlight">Requests under way.</param>
/// <param name="Connections">Connections of clients.</param>
internal sealed record DrainReport(bool Draining, bool ByHand, DateTimeOffset? Since, long RequestsInFlight, long Connections)
{
    public static DrainReport Of(Readiness readiness, GatewayTelemetry telemetry)
    {
        DateTimeOffset? since = readiness.DrainedSince;
        return new DrainReport(readiness.State == ReadinessState.Draining, since is not null, since, telemetry.RequestsInFlight, telemetry.OpenConnections);
    }
}
