namespace Commerce.Tests.Sagas;

/// <summary>
/// The services are killed at every point of a checkout that is written down: afterwards the provider's books, the stock and the orders
/// agree, and every saga is finished, undone, or waits for somebody with a reason.
/// </summary>
public class CheckoutServiceCrashTests
{
    public static TheoryData<int> Points => CheckoutCrashTests.Points;

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Checkout_WhoseServicesAreKilled_IsFinishedOrUndone_AndTheBooksAgree(int point)
    {
        await using var crash = new CheckoutCrash();
        await crash.RunAsync(CheckoutCrash.Points[point], count: 1 + (point % 3), killsGateway: false, declined: point % 2 == 1);
    }
}
