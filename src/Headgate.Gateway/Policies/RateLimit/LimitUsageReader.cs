using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.ConcurrencyLimit;

namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>
/// Tells which limits are in force and who uses them, for the admin API. Looks through the whole tables of the limits that it tells of: for people who ask, not for every request.
/// Thread-safe.
/// </summary>
/// <param name="plans">The plan in force.</param>
/// <param name="time">The clock of the requests.</param>
public sealed class LimitUsageReader(PlanHolder plans, TimeProvider time)
{
    /// <summary>The limits in force, each once, in the order of their keys.</summary>
    public IReadOnlyList<LimitUsage> Read(LimitQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.MostConsumers, nameof(query));
        long now = LimitClock.Now(time);
        return
        [
            .. plans.Current.Apis.Where(api => query.Api is null || api.Name == query.Api)
                .SelectMany(api => Sources(api, query.MostConsumers, now))
                .Where(source => string.CompareOrdinal(source.Key, query.After) > 0)
                .OrderBy(source => source.Key, StringComparer.Ordinal)
                .Take(query.Most)
                .Select(source => source.Read()),
        ];
    }

    private static IEnumerable<(string Key, Func<LimitUsage> Read)> Sources(ApiPlan api, int mostConsumers, long now) =>
    [
        .. api.RateLimits.DistinctBy(plan => plan.State).Select(plan => (plan.State.Identity.Key, (Func<LimitUsage>)(() => RateLimitUsage.Of(plan, mostConsumers, now)))),
        .. api.ConcurrencyLimits.DistinctBy(plan => plan.State).Select(plan => (plan.Identity.Key, (Func<LimitUsage>)(() => ConcurrencyUsage.Of(plan, mostConsumers)))),
    ];
}
