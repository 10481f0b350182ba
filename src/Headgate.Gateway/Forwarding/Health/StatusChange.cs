namespace Headgate.Gateway.Forwarding.Health;

/// <summary>One change of a breaker or an instance.</summary>
/// <param name="At">When.</param>
/// <param name="Subject"><c>breaker</c>, the breaker's operation, or the instance's address.</param>
/// <param name="Change">To what: <c>open</c>, <c>half-open</c>, <c>closed</c>, <c>ejected</c>, <c>unhealthy</c>, <c>healthy</c>.</param>
public sealed record StatusChange(DateTimeOffset At, string Subject, string Change);
