using Headgate.Gateway.Policies.RateLimit;

namespace Headgate.Server.Reporting;

/// <summary>A limit of a running instance and who uses it, as <c>headgate limits</c> shows it.</summary>
internal sealed record LimitReport
{
    /// <summary><c>rate</c> or <c>concurrency</c>.</summary>
    public required string Kind { get; init; }

    public required string Api { get; init; }

    public required string? Operation { get; init; }

    public required string? Service { get; init; }

    public required string Name { get; init; }

    public required string By { get; init; }

    public required int Limit { get; init; }

    public required double? WindowSeconds { get; init; }

    public required int? Burst { get; init; }

    public required long? Admitted { get; init; }

    public required long? Refused { get; init; }

    public required int ConsumerCount { get; init; }

    public required IReadOnlyList<LimitConsumerReport> Consumers { get; init; }

    public static LimitReport Of(LimitUsage usage) => new()
    {
        Kind = usage.Kind == LimitKind.Rate ? "rate" : "concurrency",
        Api = usage.Api,
        Operation = usage.Operation,
        Service = usage.Service,
        Name = usage.Name,
        By = usage.By,
        Limit = usage.Limit,
        WindowSeconds = usage.Window?.TotalSeconds,
        Burst = usage.Burst,
        Admitted = usage.Admitted,
        Refused = usage.Refused,
        ConsumerCount = usage.ConsumerCount,
        Consumers = [.. usage.Consumers.Select(LimitConsumerReport.Of)],
    };
}
