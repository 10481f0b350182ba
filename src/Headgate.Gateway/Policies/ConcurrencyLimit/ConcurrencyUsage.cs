using Headgate.Gateway.Policies.RateLimit;

namespace Headgate.Gateway.Policies.ConcurrencyLimit;

/// <summary>Reads who uses a limit of requests under way.</summary>
internal static class ConcurrencyUsage
{
    public static LimitUsage Of(ConcurrencyPlan plan, int mostConsumers)
    {
        List<(ulong Key, int UnderWay)> consumers = plan.State.Read();
        ConcurrencyIdentity identity = plan.Identity;
        return new LimitUsage
        {
            Key = identity.Key,
            Kind = LimitKind.Concurrency,
            Api = identity.Api,
            Operation = identity.Operation,
            Service = identity.Service,
            Name = identity.By.ToString(),
            By = identity.By.ToString(),
            Limit = plan.Rule.Limit,
            ConsumerCount = consumers.Count,
            Consumers =
            [
                .. consumers.OrderByDescending(consumer => consumer.UnderWay).Take(mostConsumers)
                    .Select(consumer => new LimitConsumer(plan.Consumer.NameOf(consumer.Key), consumer.UnderWay, Math.Max(0, plan.Rule.Limit - consumer.UnderWay), null)),
            ],
        };
    }
}
