namespace Headgate.Gateway.Forwarding.Health;

/// <summary>One change of an instance.</summary>
/// <param name="At">When.</param>
/// <param name="Instance">Its address.</param>
/// <param name="Kind">What changed.</param>
/// <param name="For">For how long; zero where nobody knows.</param>
internal readonly record struct HealthChange(DateTimeOffset At, Uri Instance, HealthChangeKind Kind, TimeSpan For);
