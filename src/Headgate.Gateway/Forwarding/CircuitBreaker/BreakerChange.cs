namespace Headgate.Gateway.Forwarding.CircuitBreaker;

/// <summary>One change of a breaker.</summary>
/// <param name="At">When.</param>
/// <param name="To">What it does from then on.</param>
internal readonly record struct BreakerChange(DateTimeOffset At, BreakerPhase To);
