using System.Globalization;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>
/// Tells which limits are in force and who uses them, for the admin API. Looks through whole tables: for people who ask, not for every request. Thread-safe.
/// </summary>
/// <param name="plans">The plan in force.</param>
/// <param name="time">The clock of the requests.</param>
public sealed class LimitUsageReader(PlanHolder plans, TimeProvider time)
{
    /// <summary>All limits in force, in the order of documents and operations, each once.</summary>
    /// <param name="mostConsumers">The most consumers of each that are named.</param>
    public IReadOnlyList<LimitUsage> Read(int mostConsumers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mostConsumers);
        long now = LimitClock.Now(time);
        return [.. plans.Current.Apis.SelectMany(api => api.RateLimits).DistinctBy(plan => plan.State).Select(plan => UsageOf(plan, mostConsumers, now))];
    }

    private static LimitUsage UsageOf(RateLimitPlan plan, int mostConsumers, long now)
    {
        var names = new Dictionary<ulong, string>();
        List<(ulong Key, long Arrival)> consumers = plan.State.Table.Read(names, now);
        LimitIdentity identity = plan.State.Identity;
        return new LimitUsage
        {
            Api = identity.Api,
            Operation = identity.Operation,
            Service = identity.Service,
            Name = identity.Name,
            By = identity.By.ToString(),
            Limit = identity.Limit,
            Window = identity.Window,
            Burst = plan.Limit.Burst,
            Admitted = plan.State.Table.Admitted - plan.State.Table.GivenBack,
            Refused = plan.State.Table.Refused,
            ConsumerCount = consumers.Count,
            Consumers = [.. consumers.OrderByDescending(consumer => consumer.Arrival).Take(mostConsumers).Select(consumer => ConsumerOf(consumer, plan, names, now))],
        };
    }

    private static LimitConsumer ConsumerOf((ulong Key, long Arrival) consumer, RateLimitPlan plan, Dictionary<ulong, string> names, long now)
    {
        int remaining = plan.Rate.Remaining(consumer.Arrival, now);
        string name = plan.Consumer.SingleName ?? names.GetValueOrDefault(consumer.Key) ?? string.Create(CultureInfo.InvariantCulture, $"#{consumer.Key:x16}");
        return new LimitConsumer(name, plan.Limit.Burst - remaining, remaining, LimitRate.UntilFull(consumer.Arrival, now));
    }
}
