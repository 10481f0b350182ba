using System.Globalization;

namespace Commerce.Tests.Sagas;

/// <summary>The gateway or the services are killed at random points of checkouts: once by default, 200 times by <c>./headgate test --crash</c>.</summary>
public class RandomCrashTests
{
    private const int DefaultRuns = 1;
    private const int DefaultSeed = 20261128;

    [Fact]
    public async Task Checkouts_KilledAtRandom_AreFinishedOrUndone_AndTheBooksAgree()
    {
        var dice = new Random(NumberOf("HEADGATE_CRASH_SEED", DefaultSeed));
        for (var (run, runs) = (1, NumberOf("HEADGATE_CRASH_RUNS", DefaultRuns)); run <= runs; run++)
        {
            var (point, count, gateway, declined) = (dice.Next(CheckoutCrash.Points.Count), dice.Next(1, 7), dice.Next(2) == 0, dice.Next(2) == 0);
            TestContext.Current.TestOutputHelper?.WriteLine($"run {run} of {runs}: {(gateway ? "the gateway" : "the services")} at {CheckoutCrash.Points[point]} {count}, {(declined ? "half declined" : "all paid")}");
            await using var crash = new CheckoutCrash();
            await crash.RunAsync(CheckoutCrash.Points[point], count, gateway, declined);
        }
    }

    private static int NumberOf(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
