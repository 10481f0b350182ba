using FsCheck;
using FsCheck.Fluent;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Policies.RateLimit;

/// <summary>What a limit admits over time, on a clock that the test moves.</summary>
public class LimitRateTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Burst_AtOnce_IsAdmittedExactly()
    {
        RateLimitPlan plan = TestLimits.Plan(100, TimeSpan.FromMinutes(1), burst: 20);
        GatewayContext context = TestLimits.Request(_time, "ada");

        Assert.Equal(20, Enumerable.Range(0, 50).Count(_ => TestLimits.Ask(context, plan)));
    }

    [Fact]
    public void Steady_AtTheRate_IsAdmittedForEver()
    {
        RateLimitPlan plan = TestLimits.Plan(100, TimeSpan.FromMinutes(1), burst: 1);
        GatewayContext context = TestLimits.Request(_time, "ada");

        for (int i = 0; i < 1000; i++)
        {
            Assert.True(TestLimits.Ask(context, plan));
            Assert.False(TestLimits.Ask(context, plan));
            _time.Advance(TimeSpan.FromMilliseconds(600));
        }
    }

    [Fact]
    public void Wait_OfARefusal_IsEnoughAndNoMore()
    {
        RateLimitPlan plan = TestLimits.Plan(7, TimeSpan.FromMinutes(1));
        GatewayContext context = TestLimits.Request(_time, "ada");
        while (TestLimits.Ask(context, plan))
        {
        }

        TimeSpan wait = context.Limits.All[0].Wait;
        _time.Advance(wait - TimeSpan.FromTicks(10));
        Assert.False(TestLimits.Ask(context, plan));
        _time.Advance(TimeSpan.FromTicks(10));
        Assert.True(TestLimits.Ask(context, plan));
    }

    [Fact]
    public void Readings_WhileTheQuotaIsUsed_CountDown()
    {
        RateLimitPlan plan = TestLimits.Plan(3, TimeSpan.FromSeconds(30));
        GatewayContext context = TestLimits.Request(_time, "ada");
        var seen = new List<(int, double)>();
        for (int i = 0; i < 4; i++)
        {
            TestLimits.Ask(context, plan);
            seen.Add((context.Limits.All[0].Remaining, context.Limits.All[0].UntilFull.TotalSeconds));
        }

        Assert.Equal([(2, 10), (1, 20), (0, 30), (0, 30)], seen);
    }

    // The promise of GCRA: in any stretch of time, no more than a burst and what the stretch earns.
    [Fact]
    public void Any_SequenceOfRequests_KeepsToBurstAndRate()
    {
        Gen<(int, int, int[])> cases = from limit in Gen.Choose(1, 50)
                                       from burst in Gen.Choose(1, 60)
                                       from gaps in Gen.Choose(0, 3_000).ArrayOf(200)
                                       select (limit, burst, gaps);
        Prop.ForAll(cases.ToArbitrary(), one => KeepsTo(one.Item1, one.Item2, one.Item3)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void ClockThatWentBack_ShutsNobodyOutForLongerThanABurst()
    {
        RateLimitPlan plan = TestLimits.Plan(10, TimeSpan.FromSeconds(10));
        GatewayContext context = TestLimits.Request(_time, "ada");
        while (TestLimits.Ask(context, plan))
        {
        }

        _time.Advance(-TimeSpan.FromHours(1));
        Assert.False(TestLimits.Ask(context, plan));
        Assert.InRange(context.Limits.All[0].UntilFull, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(TestLimits.Ask(context, plan));
    }

    [Fact]
    public void ClockThatLeapt_GivesNoMoreThanABurst()
    {
        RateLimitPlan plan = TestLimits.Plan(10, TimeSpan.FromSeconds(10));
        GatewayContext context = TestLimits.Request(_time, "ada");
        while (TestLimits.Ask(context, plan))
        {
        }

        _time.Advance(TimeSpan.FromDays(3650));
        Assert.Equal(10, Enumerable.Range(0, 50).Count(_ => TestLimits.Ask(context, plan)));
    }

    [Fact]
    public void Burst_ThatNobodyLivesToEarn_HasNoRate()
    {
        Assert.Null(LimitRate.Of(1, TimeSpan.FromDays(31), 1_000_000_000));
        Assert.NotNull(LimitRate.Of(1_000_000_000, TimeSpan.FromSeconds(1), 1_000_000_000));
    }

    private static bool KeepsTo(int limit, int burst, int[] gaps)
    {
        var time = new ManualTime();
        RateLimitPlan plan = TestLimits.Plan(limit, TimeSpan.FromSeconds(10), burst);
        GatewayContext context = TestLimits.Request(time, "ada");
        long interval = plan.Rate.Interval;
        var admitted = new List<long>();
        foreach (int gap in gaps)
        {
            time.Advance(TimeSpan.FromMilliseconds(gap));
            if (TestLimits.Ask(context, plan))
                admitted.Add(LimitClock.Now(time));
        }

        for (int first = 0; first < admitted.Count; first++)
        {
            for (int last = first; last < admitted.Count; last++)
            {
                if (last - first + 1 > burst + ((admitted[last] - admitted[first]) / interval))
                    return false;
            }
        }

        return admitted.Count > 0;
    }
}
