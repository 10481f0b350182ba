namespace Commerce.Tests.Sagas.Crashes;

/// <summary>
/// The gateway is killed at every point of a checkout that is written down, forwards and back: afterwards the provider's books, the stock and
/// the orders agree, every saga is finished or undone, and each customer was told which.
/// </summary>
[Collection(nameof(CrashFixture))]
public class CheckoutCrashTests(CrashFixture fixture)
{
    public static TheoryData<int> Points => [.. Enumerable.Range(0, CrashPoint.All.Count)];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Checkout_WhoseGatewayIsKilled_IsFinishedOrUndone_AndTheBooksAgree(int point)
    {
        var at = CrashPoint.All[point];
        await fixture.RunAsync(new Crash(Victim.Gateway, at, Count: 1 + (point % 3), Refusing: at.IsUndoing || point % 2 == 1));
    }
}
