namespace Headgate.Gateway.Forwarding.CircuitBreaker;

/// <summary>What a breaker does with calls.</summary>
internal enum BreakerPhase
{
    /// <summary>It lets them pass, and counts failures.</summary>
    Closed,

    /// <summary>It refuses them.</summary>
    Open,

    /// <summary>It lets a few pass, to see whether the service is back.</summary>
    HalfOpen,
}
