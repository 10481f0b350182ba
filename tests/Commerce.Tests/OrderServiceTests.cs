using Commerce.Tests.Support;

namespace Commerce.Tests;

public class OrderServiceTests(ShopFixture fixture)
{
    private readonly Shop _shop = fixture.Shop;

    [Fact]
    public async Task CreateOrder_TwoItems_IsPricedFromTheCatalogueAndFoundAtItsLocation()
    {
        var alice = await AsAsync("alice");
        var created = (await alice.PostAsync("/orders", Requests.Order("user-alice", ("product1", 2), ("product4", 1)))).Expect(201);

        // 2 x 129.00 + 26.90 = 284.90, tax 7.25 % = 20.65525, shipped free.
        Assert.Equal(("PENDING", 284.9, 20.66, 0.0, 305.56), (created.Text("status"), Amount(created, "subtotal"), Amount(created, "tax"), Amount(created, "shipping"), Amount(created, "total")));
        Assert.Equal("Over-ear headphones", created.Body!["items"]![0]!["productName"]!.GetValue<string>());
        Assert.Equal(created.Body["shippingAddress"]!.ToJsonString(), created.Body["billingAddress"]!.ToJsonString());
        var found = (await alice.GetAsync(created.Header("Location"))).Expect(200);
        Assert.Equal(created.Body.ToJsonString(), found.Body!.ToJsonString());
    }

    [Fact]
    public async Task CreateOrder_UnknownProduct_Is422()
    {
        var reply = (await (await AsAsync("alice")).PostAsync("/orders", Requests.Order("user-alice", ("product1", 1), ("nothing", 1)))).Expect(422);

        Assert.Equal("INVALID_ORDER_ITEMS", reply.ErrorCode);
        Assert.Equal("""["nothing"]""", reply.Body!["error"]!["details"]!["productIds"]!.ToJsonString());
    }

    // Each price and each number is allowed; together they are more than a payment may be.
    [Fact]
    public async Task CreateOrder_WorthMoreThanCanBePaid_Is422()
    {
        var product = (await (await _shop.AsAsync("acme-admin", "product-service")).PostAsync(
            "/products", new { name = "Dam", categoryId = "garden", price = new { amount = 600_000_000, currency = "USD" } })).Expect(201).Id;
        var alice = await AsAsync("alice");

        Assert.Equal("ORDER_TOO_LARGE", (await alice.PostAsync("/orders", Requests.Order("user-alice", (product, 2)))).Expect(422).ErrorCode);
        (await alice.PostAsync("/orders", Requests.Order("user-alice", (product, 1)))).Expect(201);
    }

    [Theory]
    [InlineData("""{"userId":"user-alice","items":[],"shippingAddress":{"street":"a","city":"b","postalCode":"c","country":"US"}}""", "/items")]
    [InlineData("""{"userId":"user-alice","items":[{"productId":"product1","quantity":0}],"shippingAddress":{"street":"a","city":"b","postalCode":"c","country":"US"}}""", "/items/0/quantity")]
    [InlineData("""{"userId":"user-alice","items":[{"productId":"product1","quantity":1}],"shippingAddress":{"street":"a","city":"b","postalCode":"c","country":"XX"}}""", "/shippingAddress/country")]
    [InlineData("""{"userId":"user-alice","items":[{"productId":"product1","quantity":1}]}""", "")]
    [InlineData("""{"userId":""", "/userId")]
    public async Task CreateOrder_BadBody_NamesThePlace(string body, string pointer)
    {
        var reply = (await (await AsAsync("alice")).PostAsync("/orders", new StringContent(body, System.Text.Encoding.UTF8, "application/json"))).Expect(400);

        Assert.Equal(pointer, reply.Body!["error"]!["details"]!["fields"]![0]!["pointer"]!.GetValue<string>());
    }

    [Fact]
    public async Task CreateOrder_NotJsonOrTooLarge_Is415And413()
    {
        var alice = await AsAsync("alice");

        (await alice.PostAsync("/orders", new StringContent("userId=alice"))).Expect(415);
        // The answer comes before the body: sent at once, it would run into the closed connection.
        var huge = new StringContent($$"""{"notes":"{{new string('x', 1024 * 1024)}}"}""", System.Text.Encoding.UTF8, "application/json");
        Assert.Equal("PAYLOAD_TOO_LARGE", (await alice.PostAsync("/orders", huge, ("Expect", "100-continue"))).Expect(413).ErrorCode);
    }

    [Fact]
    public async Task CreateOrder_ForAnotherUser_IsForAdministratorsAlone()
    {
        var order = Requests.Order("user-bob", ("product1", 1));

        Assert.Equal("FORBIDDEN", (await (await AsAsync("alice")).PostAsync("/orders", order)).Expect(403).ErrorCode);
        var created = (await (await AsAsync("acme-admin")).PostAsync("/orders", order)).Expect(201);
        (await (await AsAsync("bob")).GetAsync(created.Header("Location"))).Expect(200);
        (await (await AsAsync("alice")).GetAsync(created.Header("Location"))).Expect(404);
    }

    [Fact]
    public async Task CreateOrder_ProductServiceGone_Is503AndCreatesNothing()
    {
        await using var shop = await Shop.StartAsync(options => options with
        {
            Environment = name => name == "PRODUCT_SERVICE_URL" ? "http://127.0.0.1:9" : null,
        });
        var alice = await shop.AsAsync("alice", "order-service");

        (await alice.PostAsync("/orders", Requests.Order("user-alice", ("product1", 1)), Requests.Key("k"))).Expect(503);

        Assert.Equal(0, (await alice.GetAsync("/orders")).Body!["totalElements"]!.GetValue<int>());
    }

    [Fact]
    public async Task ListOrders_FiltersAndPages_AsDocumented()
    {
        await using var shop = await Shop.StartAsync();
        var alice = await shop.AsAsync("alice", "order-service");
        for (var i = 0; i < 3; i++)
            (await alice.PostAsync("/orders", Requests.Order("user-alice", ($"product{i + 1}", 1)))).Expect(201);
        var second = (await alice.GetAsync("/orders?limit=1&page=2")).Expect(200);
        var id = second.Body!["content"]![0]!["id"]!.GetValue<string>();
        (await alice.PostAsync($"/orders/{id}/cancel")).Expect(200);

        Assert.Equal((3, 3, false, false), (Number(second, "totalElements"), Number(second, "totalPages"), second.Body["first"]!.GetValue<bool>(), second.Body["last"]!.GetValue<bool>()));
        Assert.Equal(1, Number(await alice.GetAsync("/orders?status=CANCELLED"), "totalElements"));
        Assert.Equal(3, Number(await alice.GetAsync("/orders?status=CANCELLED&status=PENDING"), "totalElements"));
        Assert.Equal(0, Number(await alice.GetAsync("/orders?createdAfter=2999-01-01T00:00:00Z"), "totalElements"));
        Assert.Equal(3, Number(await alice.GetAsync("/orders?createdAfter=2020-01-01T00:00:00%2B02:00"), "totalElements"));
        Assert.Equal(3, Number(await alice.GetAsync("/orders?userId=user-alice&limit=5"), "totalElements"));
        (await alice.GetAsync("/orders?userId=user-bob")).Expect(403);
        (await alice.GetAsync("/orders?createdAfter=yesterday")).Expect(400);
        Assert.Equal(0, Number(await (await shop.AsAsync("bob", "order-service")).GetAsync("/orders"), "totalElements"));
        Assert.Equal(3, Number(await (await shop.AsAsync("acme-admin", "order-service")).GetAsync("/orders"), "totalElements"));
    }

    [Fact]
    public async Task Status_AlongTheMachine_LinksOnlyWhatIsLegal()
    {
        var (alice, admin) = (await AsAsync("alice"), await AsAsync("acme-admin"));
        var created = (await alice.PostAsync("/orders", Requests.Order("user-alice", ("product2", 1)))).Expect(201);
        var path = created.Header("Location");
        Assert.Equal($$"""{"self":"{{path}}","cancel":"{{path}}/cancel","pay":"{{path}}/pay"}""", Links(created));

        (await alice.PatchAsync(path, new { status = "CONFIRMED" })).Expect(403);
        Assert.Equal("INVALID_STATUS_TRANSITION", (await admin.PatchAsync(path, new { status = "SHIPPED" })).Expect(409).ErrorCode);
        var paid = (await alice.PostAsync($"{path}/pay")).Expect(200);
        Assert.Equal($$"""{"self":"{{path}}","cancel":"{{path}}/cancel"}""", Links(paid));
        (await admin.PatchAsync(path, new { status = "PROCESSING" })).Expect(200);
        var shipped = (await admin.PatchAsync(path, new { status = "SHIPPED", trackingNumber = "T-1" })).Expect(200);

        Assert.Equal("T-1", shipped.Text("trackingNumber"));
        Assert.Equal($$"""{"self":"{{path}}"}""", Links(shipped));
        (await alice.PostAsync($"{path}/cancel")).Expect(409);
        (await alice.PostAsync($"{path}/pay")).Expect(409);
    }

    [Fact]
    public async Task Pay_Order_ChargesItsTotalOnce()
    {
        var alice = await AsAsync("alice");
        var order = (await alice.PostAsync("/orders", Requests.Order("user-alice", ("product3", 1)))).Expect(201);

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => alice.PostAsync($"{order.Header("Location")}/pay")));

        var paid = Assert.Single(replies, reply => reply.Status == 200);
        Assert.All(replies.Except([paid]), reply => Assert.Equal(409, reply.Status));
        Assert.Equal("CONFIRMED", paid.Text("status"));
        var payment = (await (await _shop.AsAsync("alice", "payment-service")).GetAsync($"/payments/{paid.Text("paymentId")}")).Expect(200);
        Assert.Equal(Amount(order, "total"), Amount(payment, "amount"));
        Assert.Single(Ledger.Of(_shop, order.Id));
    }

    [Fact]
    public async Task Pay_DeclinedThenOtherCard_ConfirmsWithTheSecond()
    {
        var alice = await AsAsync("alice");
        var order = (await alice.PostAsync("/orders", Requests.Order("user-alice", ("product5", 1)))).Expect(201);
        var path = order.Header("Location");

        var declined = (await alice.PostAsync($"{path}/pay", Card("4000000000009995"), Requests.Key("declined"))).Expect(402);
        Assert.Equal("INSUFFICIENT_FUNDS", declined.Body!["error"]!["details"]!["reason"]!.GetValue<string>());
        Assert.True((await alice.PostAsync($"{path}/pay", Card("4000000000009995"), Requests.Key("declined"))).Expect(402).Replayed);
        Assert.Equal("PENDING", (await alice.GetAsync(path)).Text("status"));
        (await alice.PostAsync($"{path}/pay", Card("4242424242424242"))).Expect(200);

        Assert.Single(Ledger.Of(_shop, order.Id));
        (await alice.PostAsync($"{path}/pay", Card("abc"))).Expect(400);
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("acme-admin")]
    public async Task Cancel_PaidOrder_PaysBackWhoeverCallsItOff(string by)
    {
        var alice = await AsAsync("alice");
        var order = (await alice.PostAsync("/orders", Requests.Order("user-alice", ("product6", 1)))).Expect(201);
        var paid = (await alice.PostAsync($"{order.Header("Location")}/pay")).Expect(200);

        var first = (await (await AsAsync(by)).PostAsync($"{order.Header("Location")}/cancel")).Expect(200);
        var again = (await alice.PostAsync($"{order.Header("Location")}/cancel")).Expect(200);

        Assert.Equal(("CANCELLED", "CANCELLED"), (first.Text("status"), again.Text("status")));
        var payment = await (await _shop.AsAsync("alice", "payment-service")).GetAsync($"/payments/{paid.Text("paymentId")}");
        Assert.Equal("REFUNDED", payment.Text("status"));
        Assert.Equal(0, Ledger.Of(_shop, order.Id).Sum(entry => entry.Signed));
        Assert.Equal(2, Ledger.Of(_shop, order.Id).Count);
    }

    [Fact]
    public async Task InternalOrders_ServiceKeyOnly_AndOnlyOfTheNamedTenant()
    {
        var alice = await AsAsync("alice");
        (await alice.PostAsync("/orders", Requests.Order("user-alice", ("product7", 1)))).Expect(201);

        Assert.NotEmpty((await _shop.Service("order-service").GetAsync("/internal/orders/user/user-alice")).Expect(200).Body!.AsArray());
        Assert.NotEmpty((await _shop.Service("order-service", tenant: null).GetAsync("/internal/orders/user/user-alice")).Expect(200).Body!.AsArray());
        Assert.Empty((await _shop.Service("order-service", tenant: "globex").GetAsync("/internal/orders/user/user-alice")).Expect(200).Body!.AsArray());
        (await alice.GetAsync("/internal/orders/user/user-alice")).Expect(403);
        (await _shop.Anonymous("order-service").GetAsync("/internal/orders/user/user-alice")).Expect(401);
        (await _shop.Anonymous("order-service", ("X-API-Key", "wrong")).GetAsync("/internal/orders/user/user-alice")).Expect(401);
    }

    private static object Card(string cardNumber) => new { paymentMethod = new { cardNumber } };

    private static double Amount(Reply reply, string property) => reply.Body![property]!["amount"]!.GetValue<double>();

    private static int Number(Reply reply, string property) => reply.Expect(200).Body![property]!.GetValue<int>();

    private static string Links(Reply reply) => reply.Body!["_links"]!.ToJsonString();

    private Task<Api> AsAsync(string username) => _shop.AsAsync(username, "order-service");
}
