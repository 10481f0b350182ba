namespace Headgate.Gateway.Forwarding.Health;

/// <summary>How the standing of an instance changed.</summary>
internal enum HealthChangeKind
{
    /// <summary>It is left out for a while, because its calls failed.</summary>
    Ejected,

    /// <summary>It is left out, because its checks are bad.</summary>
    Unhealthy,

    /// <summary>It is used again, because its checks are good.</summary>
    Healthy,

    /// <summary>It gets no further calls, because an operator says so.</summary>
    Drained,

    /// <summary>It is used again, because an operator says so.</summary>
    Undrained,
}
