using System.Runtime.CompilerServices;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Policies.RateLimit;

/// <summary>What a flooded table takes of the process's memory. Beside no other test, whose memory would be counted.</summary>
[Collection("Allocation")]
public class KeyTableMemoryTests
{
    private const int Million = 1_000_000;

    private readonly ManualTime _time = new();

    // The stated bound of what a flood may gain: nothing. Whoever has used a quota gets none of it again, however many others come.
    [Fact]
    public void ConsumersWhoUsedTheirQuota_AfterAMillionOthers_AreAdmittedNothing()
    {
        const int Before = 1_000;
        const int Quota = 10;
        RateLimitPlan plan = TestLimits.Plan(Quota, TimeSpan.FromHours(1), budget: new MemoryBudget(4 * 1024 * 1024));
        GatewayContext context = TestLimits.Request(_time);
        int used = 0;
        for (int i = 0; i < Before * Quota; i++)
            used += TestLimits.AskAs(context, plan, i % Before);
        Assert.Equal(Before * Quota, used);

        for (int i = Before; i < Before + Million; i++)
            TestLimits.AskAs(context, plan, i);
        Assert.True(plan.State.Table.Evicted > Million / 2, $"Only {plan.State.Table.Evicted} were let go of.");
        Assert.Equal(0, Enumerable.Range(0, Before).Sum(i => TestLimits.AskAs(context, plan, i)));
    }

    [Fact]
    public void AMillionConsumers_StayWithinTheBytesOfATable()
    {
        (long with, long told, int admitted) = Flood();

        // Only this short while later, so that nothing counts which tests before this one let go of late.
        long taken = with - GC.GetTotalMemory(forceFullCollection: true);
        Assert.InRange(told, 1, KeyTable.MostBytes);

        // At least half of what the table says that it takes: else what it says would be no bound of anything.
        Assert.InRange(taken, told / 2, KeyTable.MostBytes + (4 * 1024 * 1024));

        // New callers are hardly ever refused, though one in some begins where another stood that had used one request.
        Assert.InRange(admitted, Million - (Million / 1000), Million);
    }

    // Not inlined, so that nothing holds the table afterwards.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private (long With, long Told, int Admitted) Flood()
    {
        RateLimitPlan plan = TestLimits.Plan(10, TimeSpan.FromHours(1));
        GatewayContext context = TestLimits.Request(_time);
        int admitted = 0;
        for (int i = 0; i < Million; i++)
            admitted += TestLimits.AskAs(context, plan, i);
        long with = GC.GetTotalMemory(forceFullCollection: true);
        return (with, plan.State.Table.Bytes, admitted);
    }
}
