using System.Net;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Consumers;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Policies.RateLimit;

/// <summary>Limits and requests without a server.</summary>
internal static class TestLimits
{
    public static readonly RateLimitKey ByUser = new(RateLimitBy.User);

    /// <summary>A limit with counts of its own.</summary>
    public static RateLimitPlan Plan(int limit, TimeSpan window, int? burst = null, RateLimitKey? by = null, string name = "test", MemoryBudget? budget = null, ConsumerHasher? hasher = null)
    {
        var request = new RequestLimit { Name = name, By = by ?? ByUser, Limit = limit, Window = window, Burst = burst ?? limit };
        var consumer = new ConsumerKey(request.By, hasher ?? new ConsumerHasher());
        var identity = new LimitIdentity("test", null, null, name, request.By, limit, window, LimitedCallers.All);
        return new RateLimitPlan(request, LimitRate.Of(limit, window, request.Burst)!.Value, consumer, new RateLimitState(identity, consumer.IsSingle, budget ?? new MemoryBudget(long.MaxValue)));
    }

    public static GatewayContext Request(TimeProvider time, string? user = null, string? address = null)
    {
        GatewayContext context = TestRequest.Ended(time: time, peer: address is null ? null : IPAddress.Parse(address));
        context.User = user;
        return context;
    }

    /// <summary>Makes a request and says whether it was admitted.</summary>
    public static bool Ask(GatewayContext context, params RateLimitPlan[] plans)
    {
        context.Limits.Clear();
        return context.Limits.Read(plans, context, takes: true);
    }

    /// <summary>Makes a request of one of many users: 1 when it was admitted, else 0.</summary>
    public static int AskAs(GatewayContext context, RateLimitPlan plan, int user)
    {
        context.User = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"user-{user}");
        return Ask(context, plan) ? 1 : 0;
    }
}
