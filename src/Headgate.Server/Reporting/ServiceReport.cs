using Headgate.Gateway.Forwarding.Health;

namespace Headgate.Server.Reporting;

/// <summary>How a service of a running instance stands.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Panics">Whether so few instances are usable that none is left out.</param>
/// <param name="Instances">Its instances.</param>
/// <param name="Breakers">Its circuit breakers.</param>
/// <param name="Changes">What changed lately, the oldest first.</param>
internal sealed record ServiceReport(
    string Service,
    bool Panics,
    IReadOnlyList<InstanceReport> Instances,
    IReadOnlyList<BreakerReport> Breakers,
    IReadOnlyList<StatusChange> Changes)
{
    public static ServiceReport Of(ServiceStatus status) =>
        new(status.Service, status.Panics, [.. status.Instances.Select(InstanceReport.Of)], [.. status.Breakers.Select(BreakerReport.Of)], status.Changes);
}
