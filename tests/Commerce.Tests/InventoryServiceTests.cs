using Commerce.Tests.Support;

namespace Commerce.Tests;

public class InventoryServiceTests(ShopFixture fixture)
{
    private const int Callers = 200;

    private readonly Shop _shop = fixture.Shop;

    [Fact]
    public async Task Reserve_TwoHundredAtOnce_NeverSellsMoreThanThereIs()
    {
        const int pieces = 130;
        var product = await StockAsync(pieces);
        var inventory = await _shop.AsAsync("alice", "inventory-service");

        var replies = await Task.WhenAll(Enumerable.Range(0, Callers).Select(
            _ => inventory.PostAsync("/inventory/reserve", Requests.Order("user-alice", (product, 1)))));

        Assert.Equal(pieces, replies.Count(reply => reply.Status == 201));
        Assert.Equal(Callers - pieces, replies.Count(reply => reply is { Status: 409, ErrorCode: "INSUFFICIENT_STOCK" }));
        Assert.Equal(pieces, replies.Where(reply => reply.Status == 201).Select(reply => reply.Id).Distinct().Count());
        await ExpectAsync(product, reserved: pieces, available: 0);
    }

    [Fact]
    public async Task Reserve_OneOfTwoShort_TakesNothing()
    {
        var (plenty, scarce) = (await StockAsync(10), await StockAsync(1));

        var reply = (await (await AliceAsync()).PostAsync("/inventory/reserve", Requests.Order("user-alice", (plenty, 5), (scarce, 2)))).Expect(409);

        Assert.Equal($$"""[{"productId":"{{scarce}}","wanted":2,"available":1}]""", reply.Body!["error"]!["details"]!["items"]!.ToJsonString());
        await ExpectAsync(plenty, reserved: 0, available: 10);
    }

    [Fact]
    public async Task Reserve_OneProductInTwoItems_CountsBoth()
    {
        var product = await StockAsync(3);

        (await (await AliceAsync()).PostAsync("/inventory/reserve", Requests.Order("user-alice", (product, 2), (product, 2)))).Expect(409);
        (await (await AliceAsync()).PostAsync("/inventory/reserve", Requests.Order("user-alice", (product, 2), (product, 1)))).Expect(201);
    }

    [Fact]
    public async Task Release_ByIdTwice_GivesBackOnce()
    {
        var product = await StockAsync(4);
        var reservation = await (await AliceAsync()).PostAsync("/inventory/reserve", Requests.Order("user-alice", (product, 3)));

        (await (await AliceAsync()).PostAsync("/inventory/release", new { reservationId = reservation.Id })).Expect(200);
        var again = (await (await AliceAsync()).PostAsync("/inventory/release", new { reservationId = reservation.Id })).Expect(200);

        Assert.Equal("RELEASED", again.Text("status"));
        await ExpectAsync(product, reserved: 0, available: 4);
    }

    [Fact]
    public async Task Release_ByTheOrderRequest_ReleasesOneReservationOfTheseItemsAtATime()
    {
        var product = await StockAsync(4);
        var order = Requests.Order("user-alice", (product, 2));
        await (await AliceAsync()).PostAsync("/inventory/reserve", order);
        await (await AliceAsync()).PostAsync("/inventory/reserve", order);

        (await (await AliceAsync()).PostAsync("/inventory/release", order)).Expect(200);
        await ExpectAsync(product, reserved: 2, available: 2);

        (await (await AliceAsync()).PostAsync("/inventory/release", Requests.Order("user-alice", (product, 1)))).Expect(404);
        (await (await AliceAsync()).PostAsync("/inventory/release", new { })).Expect(400);
    }

    [Fact]
    public async Task Reservation_OfAnotherUserOrTenant_DoesNotExist()
    {
        var product = await StockAsync(4);
        var reservation = await (await AliceAsync()).PostAsync("/inventory/reserve", Requests.Order("user-alice", (product, 2)));

        foreach (var stranger in new[] { "bob", "carol", "globex-admin" })
        {
            var inventory = await _shop.AsAsync(stranger, "inventory-service");
            (await inventory.GetAsync(reservation.Header("Location"))).Expect(404);
            (await inventory.PostAsync("/inventory/release", new { reservationId = reservation.Id })).Expect(404);
        }

        await ExpectAsync(product, reserved: 2, available: 2);
    }

    [Fact]
    public async Task Stock_SetBelowWhatIsReserved_IsConflict()
    {
        var product = await StockAsync(4);
        await (await AliceAsync()).PostAsync("/inventory/reserve", Requests.Order("user-alice", (product, 3)));
        var admin = await _shop.AsAsync("acme-admin", "inventory-service");

        (await admin.PatchAsync($"/inventory/{product}", new { onHand = 2 })).Expect(409);
        (await admin.PatchAsync($"/inventory/{product}", new { onHand = 3 })).Expect(200);
        (await (await AliceAsync()).PatchAsync($"/inventory/{product}", new { onHand = 9 })).Expect(403);
    }

    private Task<Api> AliceAsync() => _shop.AsAsync("alice", "inventory-service");

    private async Task<string> StockAsync(int pieces)
    {
        var product = $"test-{Guid.NewGuid():N}";
        (await _shop.Service("inventory-service").PatchAsync($"/inventory/{product}", new { onHand = pieces })).Expect(200);
        return product;
    }

    private async Task ExpectAsync(string product, int reserved, int available)
    {
        var stock = (await _shop.Anonymous("inventory-service").GetAsync($"/inventory/{product}")).Expect(200);
        Assert.Equal((reserved, available), (stock.Body!["reserved"]!.GetValue<int>(), stock.Body["available"]!.GetValue<int>()));
    }
}
