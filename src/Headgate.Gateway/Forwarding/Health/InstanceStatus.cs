namespace Headgate.Gateway.Forwarding.Health;

/// <summary>How an instance stands. A snapshot.</summary>
/// <param name="Url">Its address.</param>
/// <param name="State">
/// <c>usable</c>, <c>cooling</c> (it refused a connection a moment ago), <c>ejected</c>, <c>unhealthy</c>, or by hand <c>draining</c> (calls are still under way) or <c>drained</c>.
/// </param>
/// <param name="InFlight">Requests under way.</param>
/// <param name="FailuresInARow">Failures one after the other, up to the latest call.</param>
/// <param name="BackIn">In what time it is used again; null where it is used, or nobody knows.</param>
public sealed record InstanceStatus(Uri Url, string State, int InFlight, int FailuresInARow, TimeSpan? BackIn)
{
    /// <summary>Its share of the traffic relative to the others.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Connections to it that are open; null where the framework keeps them (TLS, HTTP/2).</summary>
    public int? OpenConnections { get; init; }

    /// <summary>Those of them that wait for a call.</summary>
    public int? IdleConnections { get; init; }
}
