using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Policies.RateLimit;

/// <summary>Many callers at once, on a clock that stands: what is admitted is exactly the limit.</summary>
public class ConcurrentLimitTests
{
    private const int Callers = 64;

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(5000)]
    public async Task SixtyFourCallersOfOneUser_AreAdmittedExactlyTheLimit(int limit)
    {
        RateLimitPlan plan = TestLimits.Plan(limit, TimeSpan.FromHours(1));
        long admitted = await AskAsync(Callers, rounds: 200, _ => "ada", plan);
        Assert.Equal(limit, admitted);
        Assert.Equal((limit, (Callers * 200) - limit), (plan.State.Table.Admitted, plan.State.Table.Refused));
    }

    [Fact]
    public async Task SeveralLimits_UnderManyCallers_AreTakenAllOrNone()
    {
        // Each user may 100, all together 1000: 64 users would be let have 6400.
        RateLimitPlan perUser = TestLimits.Plan(100, TimeSpan.FromHours(1));
        RateLimitPlan global = TestLimits.Plan(1000, TimeSpan.FromHours(1), by: new RateLimitKey(RateLimitBy.Global));
        long admitted = await AskAsync(Callers, rounds: 150, caller => $"user-{caller}", perUser, global);

        Assert.Equal(1000, admitted);
        Assert.Equal(1000, perUser.State.Table.Admitted);
        Assert.Equal(1000, perUser.State.Table.Read([], LimitClock.Now(s_time)).Sum(consumer => (consumer.Arrival - LimitClock.Now(s_time)) / perUser.Rate.Interval));
    }

    [Fact]
    public async Task WhatALaterLimitGivesBack_IsNeverMoreThanWasTaken()
    {
        // All together 100, each user 2: of 64 users' 640 requests most are admitted by the first limit and refused by the second.
        RateLimitPlan global = TestLimits.Plan(100, TimeSpan.FromHours(1), by: new RateLimitKey(RateLimitBy.Global));
        RateLimitPlan perUser = TestLimits.Plan(2, TimeSpan.FromHours(1));
        var early = new RateLimitPolicy([global], PolicyPhases.Request, new LimitFieldTexts());
        var late = new RateLimitPolicy([perUser], PolicyPhases.Request, new LimitFieldTexts());
        long admitted = await AskAsync(Callers, rounds: 10, (caller, _) => $"user-{caller}", context => Passes(early, context) && Passes(late, context));

        Assert.InRange(admitted, 1, 100);
        Assert.Equal(admitted, global.State.Table.Admitted - global.State.Table.GivenBack);
        Assert.Equal(admitted, perUser.State.Table.Admitted);
        long left = await AskAsync(1, rounds: 200, (_, round) => $"other-{round}", context => Passes(early, context) && Passes(late, context));
        Assert.Equal(100, admitted + left);
    }

    [Fact]
    public async Task LimitsInAnyOrderOfCreation_NeverWaitForEachOther()
    {
        RateLimitPlan[] plans = [.. Enumerable.Range(0, 6).Select(i => TestLimits.Plan(1_000_000, TimeSpan.FromHours(1), name: $"limit-{i}"))];
        long admitted = await AskAsync(Callers, rounds: 500, caller => $"user-{caller % 3}", plans);
        Assert.Equal(Callers * 500, admitted);
    }

    [Fact]
    public async Task Tables_ThatGrowUnderManyCallers_ForgetNobody()
    {
        const int Users = 20_000;
        RateLimitPlan plan = TestLimits.Plan(1, TimeSpan.FromHours(1));
        long first = await AskAsync(8, rounds: Users / 8, (caller, round) => $"user-{(round * 8) + caller}", plan);
        long second = await AskAsync(8, rounds: Users / 8, (caller, round) => $"user-{(round * 8) + caller}", plan);
        Assert.Equal((Users, 0L, 0L), (first, second, plan.State.Table.Evicted));
    }

    private static readonly ManualTime s_time = new();

    private static Task<long> AskAsync(int callers, int rounds, Func<int, string> userOf, params RateLimitPlan[] plans) => AskAsync(callers, rounds, (caller, _) => userOf(caller), plans);

    private static Task<long> AskAsync(int callers, int rounds, Func<int, int, string> userOf, params RateLimitPlan[] plans) =>
        AskAsync(callers, rounds, userOf, context => context.Limits.Read(plans, context, takes: true));

    private static bool Passes(RateLimitPolicy policy, GatewayContext context)
    {
        ValueTask<PolicyVerdict> verdict = policy.OnRequestAsync(context);
        return verdict.IsCompletedSuccessfully && verdict.Result == PolicyVerdict.Continue;
    }

    private static async Task<long> AskAsync(int callers, int rounds, Func<int, int, string> userOf, Func<GatewayContext, bool> ask)
    {
        using var start = new Barrier(callers);
        IEnumerable<Task<long>> asking = Enumerable.Range(0, callers).Select(caller => Task.Factory.StartNew(
            () =>
            {
                GatewayContext context = TestLimits.Request(s_time);
                start.SignalAndWait(TestContext.Current.CancellationToken);
                long admitted = 0;
                for (int round = 0; round < rounds; round++)
                {
                    context.User = userOf(caller, round);
                    context.Limits.Clear();
                    admitted += ask(context) ? 1 : 0;
                }

                return admitted;
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));
        return (await Task.WhenAll(asking.ToArray())).Sum();
    }
}
