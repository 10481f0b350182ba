using System.Diagnostics;
using Headgate.Gateway.Forwarding;

namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>The counters of one upstream service, shared by its instances. Thread-safe.</summary>
internal sealed class ServiceMetrics
{
    private const int Requests = 0;
    private const int Failures = 1;
    private const int FirstStage = 2;
    private const int SlotsPerStage = LatencyBuckets.Count + 1;

    private static readonly string[] s_stages = ["connect", "head", "body"];

    private readonly CounterStripes _counters = new(FirstStage + (s_stages.Length * SlotsPerStage));
    private readonly LatencyBuckets _latency;
    private readonly Lock _lock = new();

    // Weak, so that an address that a reload took away is not kept alive by its metrics.
    private readonly List<WeakReference<UpstreamInstance>> _instances = [];

    public ServiceMetrics(string service, LatencyBuckets latency)
    {
        Service = service;
        _latency = latency;
        Tags = [.. s_stages.Select(stage => new TagList { { "headgate.service", service }, { "headgate.stage", stage } })];
    }

    public string Service { get; }

    /// <summary>The attributes of its OTLP measurements, by stage.</summary>
    public TagList[] Tags { get; }

    public long RequestCount => _counters.Sum(Requests);

    public long FailureCount => _counters.Sum(Failures);

    /// <summary>Requests under way at its instances.</summary>
    public int InFlight
    {
        get
        {
            lock (_lock)
            {
                _instances.RemoveAll(reference => !reference.TryGetTarget(out _));
                return _instances.Sum(reference => reference.TryGetTarget(out UpstreamInstance? instance) ? instance.InFlight : 0);
            }
        }
    }

    public void Add(UpstreamInstance instance)
    {
        lock (_lock)
            _instances.Add(new WeakReference<UpstreamInstance>(instance));
    }

    /// <summary>Counts a request that was sent, with the stages that it reached.</summary>
    public void Record(in StageDurations stages, bool failed)
    {
        CounterStripe stripe = _counters.Current;
        stripe.Add(Requests, 1);
        if (failed)
            stripe.Add(Failures, 1);
        Record(stripe, UpstreamStage.Connect, stages.Connect);
        Record(stripe, UpstreamStage.Head, stages.Head);
        Record(stripe, UpstreamStage.Body, stages.Body);
    }

    /// <summary>The histogram of each stage that occurred.</summary>
    public IEnumerable<HistogramSample> ReadStages()
    {
        for (int stage = 0; stage < s_stages.Length; stage++)
        {
            int first = FirstStage + (stage * SlotsPerStage);
            var counts = new long[LatencyBuckets.Count];
            for (int i = 0; i < counts.Length; i++)
                counts[i] = _counters.Sum(first + i);
            if (counts.Any(count => count != 0))
                yield return new HistogramSample(counts, _counters.Sum(first + LatencyBuckets.Count) * _latency.SecondsPerTick, Service, s_stages[stage]);
        }
    }

    private void Record(CounterStripe stripe, UpstreamStage stage, long ticks)
    {
        if (ticks < 0)
            return;
        int first = FirstStage + ((int)stage * SlotsPerStage);
        stripe.Add(first + _latency.IndexOf(ticks), 1);
        stripe.Add(first + LatencyBuckets.Count, ticks);
    }
}
