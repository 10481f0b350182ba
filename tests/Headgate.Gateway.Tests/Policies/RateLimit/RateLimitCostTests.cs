using System.Diagnostics;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Consumers;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Policies.RateLimit;

/// <summary>What limits cost a request: nothing on the heap, and some tens of nanoseconds each.</summary>
[Collection("Allocation")]
public class RateLimitCostTests
{
    private const int Requests = 2000;

    // Ten times what was measured: a change of kind is found, a busy machine is not.
    private const double MostNanosecondsPerLimit = 600;

    private static readonly string[] s_users = [.. Enumerable.Range(0, 100).Select(i => $"4f1c2b6e-0000-4000-8000-{i:d12}")];

    [Theory]
    [InlineData(RateLimitBy.Global)]
    [InlineData(RateLimitBy.User)]
    [InlineData(RateLimitBy.Ip)]
    [InlineData(RateLimitBy.Header)]
    public void Request_UnderALimit_AllocatesNothing(RateLimitBy by)
    {
        RateLimitPlan plan = TestLimits.Plan(1_000_000, TimeSpan.FromMinutes(1), by: new RateLimitKey(by, by == RateLimitBy.Header ? "X-Plan" : null));
        Assert.Equal(0, BytesOf([plan]));
    }

    [Fact]
    public void Request_UnderThreeLimits_WithItsHeaderFields_AllocatesNothing()
    {
        RateLimitPlan[] plans =
        [
            TestLimits.Plan(100, TimeSpan.FromSeconds(1), name: "per-user"),
            TestLimits.Plan(1000, TimeSpan.FromSeconds(1), by: new RateLimitKey(RateLimitBy.Tenant), name: "per-tenant"),
            TestLimits.Plan(1000, TimeSpan.FromSeconds(1), by: new RateLimitKey(RateLimitBy.Global), name: "global"),
        ];
        Assert.Equal(0, BytesOf(plans));
    }

    [Fact]
    public void Limit_OfARequest_CostsTensOfNanoseconds()
    {
        var hasher = new ConsumerHasher();
        RateLimitPlan[] plans =
        [
            TestLimits.Plan(1_000_000, TimeSpan.FromSeconds(1), name: "per-user", hasher: hasher),
            TestLimits.Plan(1_000_000, TimeSpan.FromSeconds(1), by: new RateLimitKey(RateLimitBy.Tenant), name: "per-tenant", hasher: hasher),
            TestLimits.Plan(1_000_000, TimeSpan.FromSeconds(1), by: new RateLimitKey(RateLimitBy.Global), name: "global", hasher: hasher),
        ];
        GatewayContext context = TestLimits.Request(TimeProvider.System, address: "203.0.113.9");
        context.Tenant = "acme";
        double least = double.MaxValue;
        for (int round = 0; round < 300; round++)
        {
            long began = Stopwatch.GetTimestamp();
            for (int i = 0; i < Requests; i++)
                Ask(context, plans, i, texts: null);
            least = Math.Min(least, Stopwatch.GetElapsedTime(began).TotalNanoseconds / Requests / plans.Length);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{least:f1} ns for each of three limits");
        Assert.InRange(least, 0, MostNanosecondsPerLimit);
    }

    private static long BytesOf(RateLimitPlan[] plans)
    {
        var time = new ManualTime();
        GatewayContext context = TestLimits.Request(time, address: "203.0.113.9");
        context.Tenant = "acme";
        context.Request.Headers["X-Plan"] = "gold";
        var texts = new LimitFieldTexts();

        // The least of several rounds: the runtime itself allocates once in a while.
        long least = long.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Requests; i++)
            {
                Ask(context, plans, i, texts);
                time.Advance(TimeSpan.FromMilliseconds(1));
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static void Ask(GatewayContext context, RateLimitPlan[] plans, int request, LimitFieldTexts? texts)
    {
        context.User = s_users[request % s_users.Length];
        context.Limits.Clear();
        Assert.True(context.Limits.Read(plans, context, takes: true));
        if (texts is not null)
            context.Limits.WriteTo(context.Response.Headers, texts);
    }
}
