namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>A limit in force and who uses it, as of one moment and of this process. Immutable.</summary>
public sealed record LimitUsage
{
    /// <summary>The document.</summary>
    public required string Api { get; init; }

    /// <summary>The operation, where each has counts of its own; else null.</summary>
    public string? Operation { get; init; }

    /// <summary>The service, where each has counts of its own; else null.</summary>
    public string? Service { get; init; }

    /// <summary>The limit's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whose requests it counts together: <c>user</c>, <c>header:X-Plan</c>, ….</summary>
    public required string By { get; init; }

    /// <summary>How many requests in each window.</summary>
    public required int Limit { get; init; }

    /// <summary>The window.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>How many requests may come at once.</summary>
    public required int Burst { get; init; }

    /// <summary>Requests that it admitted since it is in force.</summary>
    public required long Admitted { get; init; }

    /// <summary>Requests that it refused since it is in force.</summary>
    public required long Refused { get; init; }

    /// <summary>Consumers who have used some of their quota, all of them.</summary>
    public required int ConsumerCount { get; init; }

    /// <summary>The busiest of them, the busiest first.</summary>
    public required IReadOnlyList<LimitConsumer> Consumers { get; init; }
}
