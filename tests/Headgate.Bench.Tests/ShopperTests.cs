using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Headgate.Bench.Commerce;
using Headgate.Bench.Processes;

namespace Headgate.Bench.Tests;

/// <summary>A shopper takes no answer on trust.</summary>
public sealed class ShopperTests : IAsyncDisposable
{
    private const string Mine = """{ "id": "ord_1", "userId": "user-alice" }""";
    private const string Another = """{ "id": "ord_1", "userId": "user-carol" }""";
    private const string Paid = """{ "orderId": "ord_1", "status": "CONFIRMED", "total": { "amount": 5 } }""";

    private readonly HttpListener _shop = new();
    private readonly ConcurrentBag<string> _asked = [];
    private readonly Shopper _alice;
    private readonly Task _serving;
    private (int Status, string Body, string? RetryAfter) _answer = (200, "{}", null);

    public ShopperTests()
    {
        var address = Loopback.Address(Loopback.FreePort());
        _shop.Prefixes.Add(address.ToString());
        _shop.Start();
        _serving = ServeAsync();
        _alice = new Shopper("alice", "acme", address, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _alice.Dispose();
        _shop.Close();
        await _serving;
    }

    public static TheoryData<int, string, string?, string> Answers => new()
    {
        { 200, """{ "id": "product2" }""", null, nameof(VisitOutcome.Served) },
        { 200, """{ "id": "product3" }""", null, nameof(VisitOutcome.Wrong) },
        { 200, """{ }""", null, nameof(VisitOutcome.Wrong) },
        { 200, "[]", null, nameof(VisitOutcome.Wrong) },
        { 200, "", null, nameof(VisitOutcome.Wrong) },
        { 500, """{ "id": "product2" }""", null, nameof(VisitOutcome.Wrong) },
        { 429, "{}", "1", nameof(VisitOutcome.Limited) },
        { 429, "{}", null, nameof(VisitOutcome.Wrong) },
        { 200, """{ "id": "product2", "userId": "user-carol" }""", null, nameof(VisitOutcome.Foreign) },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Product_IsTheOneThatWasAskedFor(int status, string body, string? retryAfter, string outcome)
    {
        _answer = (status, body, retryAfter);
        Assert.Equal(outcome, $"{(await _alice.BrowseAsync(Stop)).Outcome}");
    }

    [Theory]
    [InlineData(Mine, nameof(VisitOutcome.Served))]
    [InlineData(Another, nameof(VisitOutcome.Foreign))]
    public async Task ListOfOrders_IsOfTheShoppersOwn(string second, string outcome)
    {
        await _alice.BrowseAsync(Stop);
        _answer = (200, $$"""{ "content": [{{Mine}}, {{second}}] }""", null);
        Assert.Equal(outcome, $"{(await _alice.BrowseAsync(Stop)).Outcome}");
    }

    [Theory]
    [InlineData(201, Paid, nameof(VisitOutcome.Served), 1)]
    [InlineData(200, Paid, nameof(VisitOutcome.Wrong), 0)]
    [InlineData(201, """{ "orderId": "ord_1", "status": "PENDING", "total": { "amount": 5 } }""", nameof(VisitOutcome.Wrong), 0)]
    [InlineData(201, """{ "orderId": "ord_1", "status": "CONFIRMED", "total": { "amount": 0 } }""", nameof(VisitOutcome.Wrong), 0)]
    public async Task Purchase_IsAnOrderThatIsPaid(int status, string body, string outcome, int orders)
    {
        _answer = (status, body, null);
        Assert.Equal((outcome, orders), ($"{(await _alice.BuyAsync(Stop)).Outcome}", _alice.Orders.Count));
    }

    [Fact]
    public async Task TwoPurchases_AreTwoOrders()
    {
        _answer = (201, Paid, null);
        await _alice.BuyAsync(Stop);
        Assert.Equal(VisitOutcome.Wrong, (await _alice.BuyAsync(Stop)).Outcome);
    }

    [Theory]
    [InlineData(404, "{}", nameof(VisitOutcome.Hidden))]
    [InlineData(200, Another, nameof(VisitOutcome.Foreign))]
    [InlineData(200, Mine, nameof(VisitOutcome.Foreign))]
    [InlineData(403, "{}", nameof(VisitOutcome.Foreign))]
    public async Task OrderOfAnotherTenant_DoesNotExist(int status, string body, string outcome)
    {
        _answer = (status, body, null);
        Assert.Equal(outcome, $"{(await _alice.PryAsync("ord_1", Stop)).Outcome}");
    }

    [Fact]
    public async Task Load_BuysOnceForTwentyTimesThatItBrowses()
    {
        var visits = await new TenantLoad(_alice, null, TimeProvider.System).RunAsync(4200, TimeSpan.FromMilliseconds(50), Stop);

        Assert.Equal((210, 210), (visits.Count, _asked.Count));
        Assert.Equal(10, _asked.Count(asked => asked == "POST /checkout"));
    }

    [Fact]
    public async Task Load_LooksAtTheNeighboursOrdersNowAndThen()
    {
        _answer = (201, Paid, null);
        await _alice.BuyAsync(Stop);
        using var bob = new Shopper("bob", "globex", new Uri(_shop.Prefixes.Single()), TimeProvider.System);
        _answer = (404, "{}", null);
        _asked.Clear();

        await new TenantLoad(bob, _alice, TimeProvider.System).RunAsync(4000, TimeSpan.FromMilliseconds(50), Stop);

        Assert.Equal(4, _asked.Count(asked => asked == "GET /orders/ord_1"));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _shop.GetContextAsync();
                _asked.Add($"{context.Request.HttpMethod} {context.Request.Url!.AbsolutePath}");
                context.Response.StatusCode = _answer.Status;
                if (_answer.RetryAfter is { } seconds)
                    context.Response.Headers["Retry-After"] = seconds;
                context.Response.ContentType = "application/json";
                context.Response.Close(Encoding.UTF8.GetBytes(_answer.Body), willBlock: false);
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
            return;
        }
    }
}
