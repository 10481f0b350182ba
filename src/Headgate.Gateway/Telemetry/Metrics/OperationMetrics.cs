using System.Diagnostics;

namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>The counters of one operation. Lives as long as a plan has the operation, across reloads. Thread-safe.</summary>
internal sealed class OperationMetrics
{
    // What every request adds to comes first and lies together: two cache lines, with the one of the status.
    private const int Elapsed = 0;
    private const int Bytes = 1;
    private const int Buckets = 2;
    private const int Statuses = Buckets + LatencyBuckets.Count;

    private readonly CounterStripes _counters = new(Statuses + StatusSlots.Count);
    private readonly LatencyBuckets _latency;

    public OperationMetrics(string api, string operation, string method, LatencyBuckets latency)
    {
        Api = api;
        Operation = operation;
        Method = method;
        _latency = latency;
        Tags = new TagList { { "http.request.method", method }, { "headgate.api", api }, { "headgate.operation", operation } };
    }

    public string Api { get; }

    public string Operation { get; }

    public string Method { get; }

    /// <summary>The attributes of its OTLP measurements.</summary>
    public TagList Tags { get; }

    /// <summary>Timestamp since which no plan has the operation; 0 while one has it. Guarded by the table's lock.</summary>
    public long RetiredAt { get; set; }

    /// <summary>Whether a request was ever counted.</summary>
    public bool IsUsed
    {
        get
        {
            for (int i = 0; i < LatencyBuckets.Count; i++)
            {
                if (_counters.Sum(Buckets + i) != 0)
                    return true;
            }

            return false;
        }
    }

    public void Record(int status, long elapsedTicks, long bytes)
    {
        CounterStripe stripe = _counters.Current;
        stripe.Add(Statuses + StatusSlots.Of(status), 1);
        stripe.Add(Buckets + _latency.IndexOf(elapsedTicks), 1);
        stripe.Add(Elapsed, elapsedTicks);
        if (bytes != 0)
            stripe.Add(Bytes, bytes);
    }

    public long ResponseBytes => _counters.Sum(Bytes);

    /// <summary>The statuses that occurred.</summary>
    public IEnumerable<MetricSample> ReadStatuses()
    {
        for (int slot = 0; slot < StatusSlots.Count; slot++)
        {
            long count = _counters.Sum(Statuses + slot);
            if (count != 0)
                yield return new MetricSample(count, Api, Operation, Method, StatusSlots.Label(slot));
        }
    }

    public HistogramSample ReadLatency()
    {
        var counts = new long[LatencyBuckets.Count];
        for (int i = 0; i < counts.Length; i++)
            counts[i] = _counters.Sum(Buckets + i);
        return new HistogramSample(counts, _counters.Sum(Elapsed) * _latency.SecondsPerTick, Api, Operation, Method);
    }
}
