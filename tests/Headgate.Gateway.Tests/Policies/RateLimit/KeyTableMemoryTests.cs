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

    [Fact]
    public void AMillionConsumers_StayWithinTheBytesOfATable()
    {
        RateLimitPlan plan = TestLimits.Plan(10, TimeSpan.FromHours(1));
        GatewayContext context = TestLimits.Request(_time);

        // What tests before this one left to finalizers would be counted as memory that this one gave back.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        int admitted = 0;
        for (int i = 0; i < Million; i++)
            admitted += TestLimits.AskAs(context, plan, i);

        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(plan.State.Table.Bytes, 1, KeyTable.MostBytes);
        Assert.InRange(grown, 1, KeyTable.MostBytes + (4 * 1024 * 1024));

        // New callers are hardly ever refused, though one in some begins where another stood that had used one request.
        Assert.InRange(admitted, Million - (Million / 1000), Million);
    }
}
