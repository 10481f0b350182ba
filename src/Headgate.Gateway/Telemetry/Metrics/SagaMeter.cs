using System.Collections.Concurrent;

namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>Counts sagas by how they ended, and measures the calls of their steps. Thread-safe.</summary>
public sealed class SagaMeter
{
    /// <summary>The most sagas, and the most steps, that are told apart; what comes beyond is counted under <c>other</c>.</summary>
    public const int MostSeries = 2_000;

    private const string Other = "other";
    private static readonly string[] s_outcomes = ["succeeded", "failed", "cancelled", "needs_attention"];

    private static readonly MetricDescriptor s_ended = new(
        "headgate_sagas_total", MetricKind.Counter, "Sagas that ended, by how: succeeded, failed (undone), cancelled (undone), needs_attention.", ["api", "operation", "outcome"]);

    private static readonly MetricDescriptor s_steps = new(
        "headgate_saga_step_duration_seconds", MetricKind.Histogram, "Time of each call of a saga's step; what undoes a step is STEP/undo.", ["api", "operation", "step"]);

    private static readonly MetricDescriptor s_repeated = new(
        "headgate_saga_step_repeats_total", MetricKind.Counter, "Calls of a saga's step that were made again, since nobody knew what came of the one before; what undoes a step is STEP/undo.", ["api", "operation", "step"]);

    private readonly ConcurrentDictionary<(string Api, string Operation, string Outcome), long[]> _ended = new();
    private readonly ConcurrentDictionary<(string Api, string Operation, string Step), StepTimes> _steps = new();
    private readonly LatencyBuckets _buckets = new(TimeSpan.TicksPerSecond);

    /// <summary>What they are.</summary>
    internal static IReadOnlyList<MetricDescriptor> Descriptors { get; } = [s_ended, s_steps, s_repeated];

    /// <summary>A saga ended, or needs attention.</summary>
    public void Ended(string api, string operation, string outcome) => Interlocked.Increment(ref CountOf(api, operation, outcome)[0]);

    /// <summary>A call of a step took so long.</summary>
    /// <param name="api">The API.</param>
    /// <param name="operation">The operation with the saga.</param>
    /// <param name="step">The step; <c>STEP/undo</c> for what undoes it.</param>
    /// <param name="duration">How long.</param>
    /// <param name="isRepeat">Whether the same call was made before.</param>
    public void StepTook(string api, string operation, string step, TimeSpan duration, bool isRepeat)
    {
        (string, string, string) key = (api, operation, step);
        if (!_steps.TryGetValue(key, out StepTimes? times))
        {
            times = _steps.GetOrAdd(_steps.Count < MostSeries ? key : (Other, Other, Other), static _ => new StepTimes());

            // A counter that is not there before it is 1 has not grown for whoever asks by how much it did: the first saga that needs somebody would alert nobody.
            foreach (string outcome in s_outcomes)
                CountOf(api, operation, outcome);
        }

        Interlocked.Increment(ref times.Counts[_buckets.IndexOf(duration.Ticks)]);
        Interlocked.Add(ref times.Ticks, duration.Ticks);
        if (isRepeat)
            Interlocked.Increment(ref times.Repeats);
    }

    /// <summary>A metric, read of whichever meter there is when somebody asks.</summary>
    internal static MetricFamily FamilyOf(MetricDescriptor descriptor, Func<SagaMeter?> meter) =>
        ReferenceEquals(descriptor, s_ended) ? new MetricFamily(descriptor, () => meter()?.ReadEnded() ?? [])
        : ReferenceEquals(descriptor, s_repeated) ? new MetricFamily(descriptor, () => meter()?.ReadRepeats() ?? [])
        : new MetricFamily(descriptor, Histograms: () => meter()?.ReadSteps() ?? []);

    private long[] CountOf(string api, string operation, string outcome)
    {
        (string, string, string) key = (api, operation, outcome);
        return _ended.TryGetValue(key, out long[]? count) ? count : _ended.GetOrAdd(_ended.Count < MostSeries ? key : (Other, Other, outcome), static _ => new long[1]);
    }

    private IEnumerable<MetricSample> ReadEnded() =>
        _ended.Select(pair => new MetricSample(Interlocked.Read(ref pair.Value[0]), pair.Key.Api, pair.Key.Operation, pair.Key.Outcome));

    private IEnumerable<MetricSample> ReadRepeats() =>
        _steps.Select(pair => new MetricSample(Interlocked.Read(ref pair.Value.Repeats), pair.Key.Api, pair.Key.Operation, pair.Key.Step));

    private IEnumerable<HistogramSample> ReadSteps() => _steps.Select(pair => pair.Value.Read(pair.Key.Api, pair.Key.Operation, pair.Key.Step));

    private sealed class StepTimes
    {
        public long[] Counts { get; } = new long[LatencyBuckets.Count];

        public long Ticks;

        public long Repeats;

        public HistogramSample Read(params string[] labels) => new([.. Counts], TimeSpan.FromTicks(Interlocked.Read(ref Ticks)).TotalSeconds, labels);
    }
}
