namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>Reads who uses a rate limit.</summary>
internal static class RateLimitUsage
{
    public static LimitUsage Of(RateLimitPlan plan, int mostConsumers, long now)
    {
        var names = new Dictionary<ulong, string>();
        List<(ulong Key, long Arrival)> consumers = plan.State.Table.Read(names, now);
        LimitIdentity identity = plan.State.Identity;
        return new LimitUsage
        {
            Key = identity.Key,
            Kind = LimitKind.Rate,
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
        string name = names.GetValueOrDefault(consumer.Key) ?? plan.Consumer.NameOf(consumer.Key);
        return new LimitConsumer(name, plan.Limit.Burst - remaining, remaining, LimitRate.UntilFull(consumer.Arrival, now));
    }
}
