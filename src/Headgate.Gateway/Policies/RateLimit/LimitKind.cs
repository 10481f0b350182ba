namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>What a limit of callers counts.</summary>
public enum LimitKind
{
    /// <summary>Requests in a window.</summary>
    Rate,

    /// <summary>Requests under way at once.</summary>
    Concurrency,
}
