namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>A limit in force and who uses it, as of one moment and of this process. Immutable.</summary>
public sealed record LimitUsage
{
    /// <summary>What tells the limit from all others; also their order: by document, operation, service, name.</summary>
    public required string Key { get; init; }

    /// <summary>What it counts.</summary>
    public required LimitKind Kind { get; init; }

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

    /// <summary>How many requests in each window, or under way at once.</summary>
    public required int Limit { get; init; }

    /// <summary>The window of a rate.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>For a rate, how many requests may come at once.</summary>
    public int? Burst { get; init; }

    /// <summary>For a rate, the requests that it admitted since it is in force.</summary>
    public long? Admitted { get; init; }

    /// <summary>For a rate, the requests that it refused since it is in force.</summary>
    public long? Refused { get; init; }

    /// <summary>Consumers who have used some of their quota, or have a request under way: all of them.</summary>
    public required int ConsumerCount { get; init; }

    /// <summary>The busiest of them, the busiest first.</summary>
    public required IReadOnlyList<LimitConsumer> Consumers { get; init; }
}
