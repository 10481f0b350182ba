namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>The counters of idempotency keys, read where they are counted. Thread-safe.</summary>
internal sealed class IdempotencyMetrics
{
    private static readonly MetricDescriptor s_requests = new(
        "headgate_idempotency_requests_total",
        MetricKind.Counter,
        "Requests with an idempotency key, by what came of them: kept, replayed, running (409), mismatched (422), released (the key is free again), not_kept (the store failed after the call).",
        ["result"]);

    private static readonly MetricDescriptor s_running = new(
        "headgate_idempotency_running", MetricKind.Gauge, "Requests that claimed an idempotency key and are under way.", []);

    private static readonly MetricDescriptor s_oldest = new(
        "headgate_idempotency_oldest_seconds", MetricKind.Gauge, "For how long the oldest of them is under way; 0 when there is none.", []);

    private Func<IdempotencyReadings?> _read = () => null;

    /// <summary>What they are.</summary>
    public static IReadOnlyList<MetricDescriptor> Descriptors { get; } = [s_requests, s_running, s_oldest];

    /// <summary>Names the source of readings; null readings are none.</summary>
    public void Observe(Func<IdempotencyReadings?> read) => Volatile.Write(ref _read, read);

    public IEnumerable<MetricFamily> Families() =>
    [
        new(s_requests, () => Readings?.Results.Select(result => new MetricSample(result.Value, result.Key)) ?? []),
        new(s_running, () => Readings is { } now ? [new MetricSample(now.Running)] : []),
        new(s_oldest, () => Readings is { } now ? [new MetricSample(now.Oldest.TotalSeconds)] : []),
    ];

    private IdempotencyReadings? Readings => Volatile.Read(ref _read)();
}
