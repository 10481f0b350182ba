namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>What is measured of long work, from the last readings of it: nobody who asks for metrics waits for the store. Thread-safe.</summary>
internal sealed class LongWorkMetrics
{
    private static readonly MetricDescriptor s_underWay = new(
        "headgate_operations_under_way", MetricKind.Gauge, "Operations of the store that have not ended, whichever instance is at them.", []);

    private static readonly MetricDescriptor s_running = new(
        "headgate_operations_running", MetricKind.Gauge, "Operations that this instance is at.", []);

    private static readonly MetricDescriptor s_oldest = new(
        "headgate_operations_oldest_seconds", MetricKind.Gauge, "Age of the oldest operation that has not ended; 0 when there is none.", []);

    private static readonly MetricDescriptor s_stuck = new(
        "headgate_operations_stuck", MetricKind.Gauge, "Operations that should have ended two minutes ago or longer, or have waited so long for an instance.", []);

    private static readonly MetricDescriptor s_attention = new(
        "headgate_operations_needing_attention", MetricKind.Gauge, "Operations that could neither be done nor undone, and that nobody has retried or resolved.", []);

    private static readonly MetricDescriptor s_attentionRatio = new(
        "headgate_operations_attention_ratio", MetricKind.Gauge, "Part of operations.max-attention that needs attention, of the API of which most do; at 1 it begins no more.", []);

    private static readonly MetricDescriptor s_ended = new(
        "headgate_operations_ended_total", MetricKind.Counter, "Operations of this instance that ended.", ["kind", "outcome"]);

    private static readonly MetricDescriptor s_takenOver = new(
        "headgate_operations_taken_over_total", MetricKind.Counter, "Operations that this instance went on with after another had died or stopped.", []);

    private static readonly MetricDescriptor s_failures = new(
        "headgate_operations_failures_total", MetricKind.Counter, "Times that an operation failed unexpectedly in this instance, to be run again.", []);

    private Func<LongWorkReadings?> _read = () => null;

    /// <summary>What they are.</summary>
    public static IReadOnlyList<MetricDescriptor> Descriptors { get; } = [s_underWay, s_running, s_oldest, s_stuck, s_attention, s_attentionRatio, s_ended, s_takenOver, s_failures];

    /// <summary>Names the source of readings; null readings are none.</summary>
    public void Observe(Func<LongWorkReadings?> read) => Volatile.Write(ref _read, read);

    public IEnumerable<MetricFamily> Families() =>
    [
        Family(s_underWay, now => now.UnderWay),
        Family(s_running, now => now.Running),
        Family(s_oldest, now => now.OldestAge.TotalSeconds),
        Family(s_stuck, now => now.Stuck),
        Family(s_attention, now => now.NeedAttention),
        Family(s_attentionRatio, now => now.AttentionRatio),
        new(s_ended, () => Readings?.Outcomes.Select(outcome => new MetricSample(outcome.Count, outcome.Kind, outcome.Outcome)) ?? []),
        Family(s_takenOver, now => now.TakenOver),
        Family(s_failures, now => now.Failures),
    ];

    private LongWorkReadings? Readings => Volatile.Read(ref _read)();

    private MetricFamily Family(MetricDescriptor descriptor, Func<LongWorkReadings, double> read) => new(descriptor, () => Readings is { } now ? [new MetricSample(read(now))] : []);
}
