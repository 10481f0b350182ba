using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Cache;
using Headgate.Gateway.Policies.Cache.Memory;

namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>The counters of the cache, read where the cache itself counts. There are as many series as documents that cache. Thread-safe.</summary>
internal sealed class CacheMetrics
{
    private LivingStates? _states;

    private CacheStore? Store => Of<CacheStore>().FirstOrDefault();

    /// <summary>Names the states that are read.</summary>
    public void Observe(LivingStates states) => Volatile.Write(ref _states, states);

    public IEnumerable<MetricFamily> Families() =>
    [
        new(MetricCatalogue.CacheRequests, ReadRequests),
        MetricFamily.Of(MetricCatalogue.CacheAnswers, () => Store?.Count ?? 0),
        MetricFamily.Of(MetricCatalogue.CacheBytes, () => Store?.Memory.Used ?? 0),
        MetricFamily.Of(MetricCatalogue.CacheEvictions, () => Store?.Evicted ?? 0),
        MetricFamily.Of(MetricCatalogue.CacheRenewals, () => Store?.Renewals.Running ?? 0),
    ];

    private IEnumerable<MetricSample> ReadRequests() => Of<CacheCounters>().OrderBy(counters => counters.Api, StringComparer.Ordinal)
        .SelectMany(counters => CacheCounters.Results.Select(result => new MetricSample(counters.Of(result), counters.Api, CacheCounters.LabelOf(result))));

    private IEnumerable<TState> Of<TState>() => Volatile.Read(ref _states)?.Of<TState>() ?? [];
}
