using Headgate.Gateway.Forwarding.Outbound;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.RateLimit;

namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>
/// The counters of limits, read where the limits themselves count. Limits of one name in one document are one series, and series are bounded in number. Thread-safe.
/// </summary>
internal sealed class LimitMetrics
{
    /// <summary>The most limits, and the most services, with series of their own; further ones are counted together as <c>other</c>.</summary>
    public const int MaxSeries = 200;

    private const string Other = "other";

    private LivingStates? _states;

    /// <summary>Names the states that are read.</summary>
    public void Observe(LivingStates states) => Volatile.Write(ref _states, states);

    public IEnumerable<MetricFamily> Families() =>
    [
        new(MetricCatalogue.RateLimitRequests, ReadRequests),
        new(MetricCatalogue.RateLimitEvictions, () => Tables().Select(group => new MetricSample(group.Tables.Sum(table => table.Evicted), group.Api, group.Limit))),
        new(MetricCatalogue.RateLimitBytes, () => Tables().Select(group => new MetricSample(group.Tables.Sum(table => table.Bytes), group.Api, group.Limit))),
        new(MetricCatalogue.OutboundCalls, ReadCalls),
        new(MetricCatalogue.OutboundWaiting, () => Turns().Select(group => new MetricSample(group.Turns.Sum(turns => turns.Waiting), group.Service))),
    ];

    private IEnumerable<MetricSample> ReadRequests()
    {
        foreach ((string api, string limit, KeyTable[] tables) in Tables())
        {
            yield return new MetricSample(tables.Sum(table => table.Admitted), api, limit, "admitted");
            yield return new MetricSample(tables.Sum(table => table.GivenBack), api, limit, "given_back");
            yield return new MetricSample(tables.Sum(table => table.Refused), api, limit, "refused");
        }
    }

    private IEnumerable<MetricSample> ReadCalls()
    {
        foreach ((string service, OutboundTurns[] turns) in Turns())
        {
            (long AtOnce, long Waited, long Refused, long Abandoned)[] fates = [.. turns.Select(one => one.Fates)];
            yield return new MetricSample(fates.Sum(fate => fate.AtOnce), service, "at_once");
            yield return new MetricSample(fates.Sum(fate => fate.Waited), service, "waited");
            yield return new MetricSample(fates.Sum(fate => fate.Refused), service, "refused");
            yield return new MetricSample(fates.Sum(fate => fate.Abandoned), service, "abandoned");
        }
    }

    private IEnumerable<(string Api, string Limit, KeyTable[] Tables)> Tables()
    {
        // The oldest first, so that a series does not change its name when a limit is added.
        IEnumerable<IGrouping<(string Api, string Name), RateLimitState>> limits =
            Of<RateLimitState>().OrderBy(state => state.Order).GroupBy(state => (state.Identity.Api, state.Identity.Name));
        return limits.Select((group, i) => (Labels: i < MaxSeries ? group.Key : (Other, Other), States: group))
            .GroupBy(group => group.Labels)
            .Select(group => (group.Key.Item1, group.Key.Item2, group.SelectMany(one => one.States).Select(state => state.Table).ToArray()));
    }

    private IEnumerable<(string Service, OutboundTurns[] Turns)> Turns() =>
        Of<OutboundTurns>().GroupBy(turns => turns.Identity.Service).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select((group, i) => (Label: i < MaxSeries ? group.Key : Other, Turns: group))
            .GroupBy(group => group.Label)
            .Select(group => (group.Key, group.SelectMany(one => one.Turns).ToArray()));

    private IEnumerable<TState> Of<TState>() => Volatile.Read(ref _states)?.Of<TState>() ?? [];
}
