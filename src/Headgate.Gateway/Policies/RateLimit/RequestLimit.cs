namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>One limit, whichever way the document wrote it. Immutable.</summary>
public sealed record RequestLimit
{
    /// <summary>The name in headers, logs and metrics.</summary>
    public required string Name { get; init; }

    /// <summary>Whose requests are counted together.</summary>
    public required RateLimitKey By { get; init; }

    /// <summary>How many requests in each window.</summary>
    public required int Limit { get; init; }

    /// <summary>The window.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>How many requests may come at once.</summary>
    public required int Burst { get; init; }

    /// <summary>The operations for which it holds; null for all.</summary>
    public EndpointPattern? Endpoint { get; init; }

    /// <summary>Whose requests it counts.</summary>
    public LimitedCallers Callers { get; init; }
}
