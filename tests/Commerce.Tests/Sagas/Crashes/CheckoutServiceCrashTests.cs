namespace Commerce.Tests.Sagas.Crashes;

/// <summary>
/// A service is killed at every point of a checkout that is written down, forwards and back: the one that has just committed and not answered
/// yet; with <c>./headgate test --crash</c> each of the others there too. Afterwards all books agree, and every saga is finished or undone.
/// </summary>
[Collection(nameof(CrashFixture))]
public class CheckoutServiceCrashTests(CrashFixture fixture)
{
    public static TheoryData<int> Points => CheckoutCrashTests.Points;

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Checkout_WhoseServiceIsKilled_IsFinishedOrUndone_AndTheBooksAgree(int point)
    {
        var at = CrashPoint.All[point];
        foreach (var (index, victim) in Victim.Services.Index().Where(service => CrashRuns.IsThorough || service.Item.Name == at.Acting))
            await fixture.RunAsync(new Crash(victim, at, Count: 1 + ((point + index) % 3), Refusing: at.IsUndoing || (point + index) % 2 == 1));
    }

    [Fact]
    public Task Checkout_WhoseServicesAreKilledAtOnce_IsFinishedOrUndone_AndTheBooksAgree() =>
        fixture.RunAsync(new Crash(Victim.AllServices, CrashPoint.All[4], Count: 2, Refusing: true));

    [Fact]
    public Task Checkout_WhereEverythingIsKilled_IsFinishedOrUndone_AndTheBooksAgree() =>
        fixture.RunAsync(new Crash(Victim.Everything, CrashPoint.All[7], Count: 2, Refusing: true));
}
