using Headgate.Gateway.Aggregation;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Forwarding.Bulkhead;
using Headgate.Gateway.Forwarding.CircuitBreaker;
using Headgate.Gateway.Forwarding.Fallback;
using Headgate.Gateway.Forwarding.Health;
using Headgate.Gateway.Forwarding.Retry;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.RateLimit;

namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>
/// The counters of what guards calls to services, read where the guards themselves count. What belongs to one service is one series, and services are bounded in number. Thread-safe.
/// </summary>
internal sealed class CallMetrics
{
    /// <summary>The most services with series of their own; further ones are counted together as <c>other</c>.</summary>
    public const int MaxSeries = 200;

    private const string Other = "other";

    private static readonly (PartOutcome Outcome, string Label)[] s_outcomes =
    [
        (PartOutcome.Answered, "answered"), (PartOutcome.StoodIn, "stood_in"), (PartOutcome.Missing, "missing"), (PartOutcome.Failed, "failed"), (PartOutcome.GivenUp, "given_up"),
    ];

    private static readonly (BreakerPhase Phase, string Label)[] s_phases = [(BreakerPhase.Closed, "closed"), (BreakerPhase.Open, "open"), (BreakerPhase.HalfOpen, "half_open")];

    private LivingStates? _states;
    private UpstreamDirectory? _upstreams;

    /// <summary>Names the states that are read.</summary>
    public void Observe(LivingStates states) => Volatile.Write(ref _states, states);

    /// <summary>Names the instances that are read.</summary>
    public void Observe(UpstreamDirectory upstreams) => Volatile.Write(ref _upstreams, upstreams);

    public IEnumerable<MetricFamily> Families() =>
    [
        new(MetricCatalogue.BreakerState, () => ByPhase((breakers, phase) => breakers.Count(breaker => breaker.Phase == phase))),
        new(MetricCatalogue.BreakerChanges, () => ByPhase((breakers, phase) => breakers.Sum(breaker => breaker.ChangesTo(phase)))),
        new(MetricCatalogue.BreakerRefused, () => Breakers().Select(group => new MetricSample(group.Parts.Sum(breaker => breaker.Refused), group.Service))),
        new(MetricCatalogue.Retries, () => Of<RetryBudget>(budget => budget.Service).SelectMany(group => Fates(group.Service, ("made", group.Parts.Sum(budget => budget.Made)), ("refused", group.Parts.Sum(budget => budget.Refused))))),
        new(MetricCatalogue.BulkheadCalls, () => Bulkheads().SelectMany(ReadBulkhead)),
        new(MetricCatalogue.BulkheadNow, () => Bulkheads().SelectMany(group => Fates(group.Service, ("under_way", group.Parts.Sum(state => state.InFlight)), ("waiting", group.Parts.Sum(state => state.Waiting))))),
        new(MetricCatalogue.Fallbacks, () => Of<FallbackCounts>(counts => counts.Service).Select(group => new MetricSample(group.Parts.Sum(counts => counts.Answered), group.Service))),
        new(MetricCatalogue.AggregateParts, ReadParts),
        new(MetricCatalogue.Instances, () => Health().SelectMany(ReadInstances)),
        new(MetricCatalogue.Ejections, () => Health().Select(group => new MetricSample(group.Parts.Sum(health => health.Ejections), group.Service))),
        new(MetricCatalogue.HealthChecks, () => Health().SelectMany(ReadChecks)),
    ];

    // Parts beyond the bound are counted together.
    private IEnumerable<MetricSample> ReadParts() =>
        from part in (Volatile.Read(ref _states)?.Of<PartCounts>() ?? []).OrderBy(part => part.Identity.Operation, StringComparer.Ordinal).ThenBy(part => part.Identity.Field, StringComparer.Ordinal)
            .Select((part, i) => (part.Identity, IsListed: i < MaxSeries, Counts: part))
        from outcome in s_outcomes
        let operation = part.IsListed ? part.Identity.Operation : Other
        group part.Counts.Of(outcome.Outcome) by (operation, part.IsListed ? part.Identity.Field : Other, part.IsListed ? part.Identity.Service : Other, outcome.Label) into series
        select new MetricSample(series.Sum(), series.Key.operation, series.Key.Item2, series.Key.Item3, series.Key.Label);

    private static IEnumerable<MetricSample> Fates(string service, params (string Fate, long Count)[] fates) => fates.Select(fate => new MetricSample(fate.Count, service, fate.Fate));

    private static IEnumerable<MetricSample> ReadBulkhead((string Service, BulkheadState[] Parts) group)
    {
        (long AtOnce, long Waited, long Refused, long Abandoned)[] fates = [.. group.Parts.Select(state => state.Fates)];
        return Fates(group.Service, ("at_once", fates.Sum(fate => fate.AtOnce)), ("waited", fates.Sum(fate => fate.Waited)), ("refused", fates.Sum(fate => fate.Refused)), ("abandoned", fates.Sum(fate => fate.Abandoned)));
    }

    private static IEnumerable<MetricSample> ReadInstances((string Service, ServiceHealth[] Parts) group)
    {
        long now = LimitClock.Now(TimeProvider.System);
        UpstreamInstance[] instances = [.. group.Parts.SelectMany(health => health.Instances)];
        InstanceHealth[] all = [.. instances.Where(instance => !instance.IsDrained).Select(instance => instance.Health)];
        int unhealthy = all.Count(health => health.IsUnhealthy);
        int ejected = all.Count(health => !health.IsUnhealthy && health.IsOut(now));
        return Fates(group.Service, ("usable", all.Length - unhealthy - ejected), ("ejected", ejected), ("unhealthy", unhealthy), ("drained", instances.Length - all.Length));
    }

    private static IEnumerable<MetricSample> ReadChecks((string Service, ServiceHealth[] Parts) group)
    {
        (long Good, long Bad)[] checks = [.. group.Parts.SelectMany(health => health.Instances).Select(instance => instance.Health.Checks)];
        return Fates(group.Service, ("good", checks.Sum(check => check.Good)), ("bad", checks.Sum(check => check.Bad)));
    }

    private IEnumerable<MetricSample> ByPhase(Func<BreakerState[], BreakerPhase, long> read) =>
        from breakers in Breakers()
        from phase in s_phases
        select new MetricSample(read(breakers.Parts, phase.Phase), breakers.Service, phase.Label);

    private IEnumerable<(string Service, BreakerState[] Parts)> Breakers() => Of<BreakerState>(breaker => breaker.Identity.Service);

    private IEnumerable<(string Service, BulkheadState[] Parts)> Bulkheads() => Of<BulkheadState>(bulkhead => bulkhead.Identity.Service);

    private IEnumerable<(string Service, ServiceHealth[] Parts)> Health() => Grouped(Volatile.Read(ref _upstreams)?.Health ?? [], health => health.Service);

    private IEnumerable<(string Service, TState[] Parts)> Of<TState>(Func<TState, string> serviceOf) => Grouped(Volatile.Read(ref _states)?.Of<TState>() ?? [], serviceOf);

    private static IEnumerable<(string Service, TState[] Parts)> Grouped<TState>(IEnumerable<TState> states, Func<TState, string> serviceOf) =>
        states.GroupBy(serviceOf).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select((group, i) => (Label: i < MaxSeries ? group.Key : Other, States: group))
            .GroupBy(group => group.Label)
            .Select(group => (group.Key, group.SelectMany(one => one.States).ToArray()));
}
