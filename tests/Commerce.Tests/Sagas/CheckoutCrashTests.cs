namespace Commerce.Tests.Sagas;

/// <summary>
/// The gateway, or the services, are killed at every point of a checkout that is written down: afterwards the provider's books, the stock and
/// the orders agree, and every saga is finished or undone. Twenty runs; <c>./headgate test --crash</c> makes 200 more, at random.
/// </summary>
public class CheckoutCrashTests
{
    private const int DefaultSeed = 20261128;

    public static TheoryData<int, bool> Runs => [.. Enumerable.Range(0, CheckoutCrash.Points.Count).SelectMany(point => new[] { (point, true), (point, false) })];

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task Checkout_KilledAtAPoint_IsFinishedOrUndone_AndTheBooksAgree(int point, bool killsGateway)
    {
        await using var crash = new CheckoutCrash();
        await crash.RunAsync(CheckoutCrash.Points[point], count: 1 + (point % 3), killsGateway, declined: point % 2 == 1);
    }

    [Fact]
    public async Task Checkout_KilledAtRandom_IsFinishedOrUndone_AndTheBooksAgree()
    {
        var runs = int.Parse(Environment.GetEnvironmentVariable("HEADGATE_CRASH_RUNS") ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        Assert.SkipWhen(runs == 0, "./headgate test --crash runs this.");
        var seed = int.Parse(Environment.GetEnvironmentVariable("HEADGATE_CRASH_SEED") ?? $"{DefaultSeed}", System.Globalization.CultureInfo.InvariantCulture);
        var dice = new Random(seed);
        for (var run = 0; run < runs; run++)
        {
            var (point, count, gateway, declined) = (dice.Next(CheckoutCrash.Points.Count), dice.Next(1, 7), dice.Next(2) == 0, dice.Next(2) == 0);
            TestContext.Current.TestOutputHelper?.WriteLine($"run {run} of seed {seed}: {(gateway ? "the gateway" : "the services")} at {CheckoutCrash.Points[point]} {count}, {(declined ? "half declined" : "all paid")}");
            await using var crash = new CheckoutCrash();
            await crash.RunAsync(CheckoutCrash.Points[point], count, gateway, declined);
        }
    }
}
