namespace Headgate.Gateway.Forwarding.Health;

/// <summary>How a service stands: its instances, its breakers and what changed lately. A snapshot.</summary>
public sealed record ServiceStatus
{
    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>Its instances, in document order.</summary>
    public required IReadOnlyList<InstanceStatus> Instances { get; init; }

    /// <summary>Its breakers: one for the service, and those of operations with settings of their own.</summary>
    public required IReadOnlyList<BreakerStatus> Breakers { get; init; }

    /// <summary>Whether so few instances are usable that none is left out.</summary>
    public required bool Panics { get; init; }

    /// <summary>What changed, the oldest first; bounded.</summary>
    public required IReadOnlyList<StatusChange> Changes { get; init; }
}
