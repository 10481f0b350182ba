namespace Commerce.Tests.Sagas;

/// <summary>
/// The gateway is killed at every point of a checkout that is written down: afterwards the provider's books, the stock and the orders agree,
/// and every saga is finished or undone.
/// </summary>
public class CheckoutCrashTests
{
    public static TheoryData<int> Points => [.. Enumerable.Range(0, CheckoutCrash.Points.Count)];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Checkout_WhoseGatewayIsKilled_IsFinishedOrUndone_AndTheBooksAgree(int point)
    {
        await using var crash = new CheckoutCrash();
        await crash.RunAsync(CheckoutCrash.Points[point], count: 1 + (point % 3), killsGateway: true, declined: point % 2 == 1);
    }
}
