namespace Commerce.Tests.Sagas.Crashes;

/// <summary>The gateway, a service, all of them or everything is killed at random points of checkouts: once by default, 200 times by <c>./headgate test --crash</c>.</summary>
[Collection(nameof(CrashFixture))]
public class RandomCrashTests(CrashFixture fixture)
{
    private const int MostCount = 12;

    // The gateway as often as all else together.
    private static readonly Victim[] Victims =
        [.. Enumerable.Repeat(Victim.Gateway, Victim.Services.Count + 2), .. Victim.Services, Victim.AllServices, Victim.Everything];

    [Fact]
    public async Task Checkouts_KilledAtRandom_AreFinishedOrUndone_AndTheBooksAgree()
    {
        var dice = new Random(CrashRuns.Seed);
        for (var run = 1; run <= CrashRuns.Random; run++)
        {
            var (victim, point) = (Victims[dice.Next(Victims.Length)], CrashPoint.All[dice.Next(CrashPoint.All.Count)]);
            await fixture.RunAsync(new Crash(victim, point, Count: dice.Next(1, MostCount + 1), Refusing: dice.Next(2) == 0 || point.IsUndoing));
        }
    }
}
