namespace Headgate.Gateway.Telemetry;

/// <summary>
/// When the stages of a request happened, as <c>TimeProvider.GetTimestamp()</c> ticks (0: did not happen). A mutable value inside the request's context.
/// </summary>
public struct RequestTimings
{
    /// <summary>The request head was parsed.</summary>
    public long StartedAt { get; set; }

    /// <summary>The call to the upstream began (the instance was chosen).</summary>
    public long UpstreamStartedAt { get; set; }

    /// <summary>The upstream connection was ready (from the pool or new).</summary>
    public long UpstreamConnectedAt { get; set; }

    /// <summary>The upstream's final response head was complete.</summary>
    public long UpstreamHeadAt { get; set; }

    /// <summary>The upstream's response body was complete.</summary>
    public long UpstreamEndedAt { get; set; }
}
