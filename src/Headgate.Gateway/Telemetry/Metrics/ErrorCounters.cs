using System.Collections.Concurrent;
using Headgate.Gateway.Errors;

namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>Counts errors by their catalogue name, bounded in number. Only failed requests come here. Thread-safe.</summary>
internal sealed class ErrorCounters
{
    /// <summary>The most names; the rest counts as <c>other</c>.</summary>
    public const int MaxNames = 200;

    private readonly ConcurrentDictionary<string, CounterStripes> _counters = new();
    private readonly CounterStripes _other = new(1);

    public void Count(GatewayErrorKind kind)
    {
        if (!_counters.TryGetValue(kind.Name, out CounterStripes counter))
            counter = _counters.Count < MaxNames ? _counters.GetOrAdd(kind.Name, static _ => new CounterStripes(1)) : _other;
        counter.Add(0, 1);
    }

    public IEnumerable<MetricSample> Read()
    {
        foreach ((string name, CounterStripes counter) in _counters)
            yield return new MetricSample(counter.Sum(0), name);
        if (_other.Sum(0) is not 0 and long rest)
            yield return new MetricSample(rest, "other");
    }
}
