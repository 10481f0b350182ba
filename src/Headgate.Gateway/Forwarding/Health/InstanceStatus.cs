namespace Headgate.Gateway.Forwarding.Health;

/// <summary>How an instance stands. A snapshot.</summary>
/// <param name="Url">Its address.</param>
/// <param name="State"><c>usable</c>, <c>cooling</c> (it refused a connection a moment ago), <c>ejected</c> or <c>unhealthy</c>.</param>
/// <param name="InFlight">Requests under way.</param>
/// <param name="FailuresInARow">Failures one after the other, up to the latest call.</param>
/// <param name="BackIn">In what time it is used again; null where it is used, or nobody knows.</param>
public sealed record InstanceStatus(Uri Url, string State, int InFlight, int FailuresInARow, TimeSpan? BackIn);
