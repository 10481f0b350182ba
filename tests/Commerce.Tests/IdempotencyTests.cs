using Commerce.Tests.Support;

namespace Commerce.Tests;

public class IdempotencyTests(ShopFixture fixture)
{
    private const int Callers = 50;

    private readonly Shop _shop = fixture.Shop;

    [Fact]
    public async Task CreateOrder_FiftyAtOnceUnderOneKey_CreatesOne()
    {
        var alice = await _shop.AsAsync("alice", "order-service");
        var (order, key) = (Requests.Order("user-alice", ("product10", 1)), Key());

        var replies = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => alice.PostAsync("/orders", order, key)));

        Assert.All(replies, reply => Assert.Equal(201, reply.Status));
        Assert.Single(replies.Select(reply => reply.Id).Distinct());
        Assert.Single(replies, reply => !reply.Replayed);
    }

    [Theory]
    [InlineData("user-service", "/users")]
    [InlineData("product-service", "/products")]
    [InlineData("product-service", "/categories")]
    [InlineData("inventory-service", "/inventory/reserve")]
    [InlineData("order-service", "/orders")]
    [InlineData("payment-service", "/payments")]
    [InlineData("notification-service", "/notifications")]
    public async Task CreatingEndpoint_FiftyAtOnceUnderOneKey_CreatesOneAndReplaysIt(string service, string path)
    {
        var admin = await _shop.AsAsync("acme-admin", service);
        var (body, key) = (Body(path), Key());

        var replies = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => admin.PostAsync(path, body, key)));

        // Where another service takes part, those who come while the first is at work are asked to come back.
        Assert.All(replies, reply => Assert.True(reply.Status == 201 || reply is { Status: 409, ErrorCode: "IDEMPOTENCY_IN_PROGRESS" }, $"{reply.Status} {reply.Body}"));
        Assert.Single(replies.Where(reply => reply.Status == 201).Select(reply => reply.Id).Distinct());
        Assert.Single(replies, reply => reply is { Status: 201, Replayed: false });
        var replay = (await admin.PostAsync(path, body, key)).Expect(201);
        Assert.True(replay.Replayed);
        Assert.Equal(replies.First(reply => reply is { Status: 201 }).Body!.ToJsonString(), replay.Body!.ToJsonString());
        Assert.Equal("IDEMPOTENCY_KEY_REUSED", (await admin.PostAsync(path, Body(path), key)).Expect(422).ErrorCode);
    }

    [Theory]
    [InlineData("/charges")]
    [InlineData("/intents")]
    public async Task Provider_FiftyAtOnceUnderOneKey_TakesMoneyOnce(string path)
    {
        var (body, key) = (new { amount = 4321, currency = "EUR", metadata = new { orderId = Guid.NewGuid().ToString() } }, Key());

        var replies = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => _shop.PaymentProvider().PostAsync(path, body, key)));

        Assert.All(replies, reply => Assert.Equal(201, reply.Status));
        Assert.Single(replies.Select(reply => reply.Id).Distinct());
        Assert.Equal(path == "/charges" ? 1 : 0, Ledger.Of(_shop, body.metadata.orderId).Count);
    }

    [Fact]
    public async Task Key_OfAnotherCallerTenantOrEndpoint_IsAnotherKey()
    {
        var key = Key();
        var ids = new List<string>();
        foreach (var username in new[] { "alice", "bob", "carol" })
        {
            var api = await _shop.AsAsync(username, "order-service");
            ids.Add((await api.PostAsync("/orders", Requests.Order($"user-{username}", ("product11", 1)), key)).Expect(201).Id);
        }

        Assert.Equal(3, ids.Distinct().Count());
        var alice = await _shop.AsAsync("alice", "order-service");
        Assert.False((await alice.PostAsync($"/orders/{ids[0]}/cancel", null, key)).Expect(200).Replayed);
        Assert.True((await alice.PostAsync($"/orders/{ids[0]}/cancel", null, key)).Expect(200).Replayed);
    }

    [Fact]
    public async Task Key_QuotedOrBare_IsTheSame()
    {
        var alice = await _shop.AsAsync("alice", "order-service");
        var (order, key) = (Requests.Order("user-alice", ("product12", 1)), Guid.NewGuid().ToString());

        var bare = await alice.PostAsync("/orders", order, Requests.Key(key));
        var quoted = await alice.PostAsync("/orders", order, Requests.Key($"\"{key}\""));

        Assert.Equal(bare.Id, quoted.Id);
        (await alice.PostAsync("/orders", order, Requests.Key("\"\""))).Expect(400);
        (await alice.PostAsync("/orders", order, Requests.Key(new string('k', 256)))).Expect(400);
    }

    [Fact]
    public async Task Key_OfARefusedRequest_ReplaysTheRefusal()
    {
        var alice = await _shop.AsAsync("alice", "inventory-service");
        var (wish, key) = (Requests.Order("user-alice", ("no-such-product", 1)), Key());
        var first = (await alice.PostAsync("/inventory/reserve", wish, key)).Expect(409);
        (await _shop.Service("inventory-service").PatchAsync("/inventory/no-such-product", new { onHand = 5 })).Expect(200);

        var again = (await alice.PostAsync("/inventory/reserve", wish, key)).Expect(409);

        Assert.True(again.Replayed);
        Assert.Equal(first.Body!.ToJsonString(), again.Body!.ToJsonString());
    }

    [Fact]
    public async Task Key_AfterRestart_StillReplays()
    {
        await using var shop = await Shop.StartAsync();
        var (order, key) = (Requests.Order("user-alice", ("product13", 1)), Key());
        var first = (await (await shop.AsAsync("alice", "order-service")).PostAsync("/orders", order, key)).Expect(201);

        await shop.RestartAsync();

        var again = (await (await shop.AsAsync("alice", "order-service")).PostAsync("/orders", order, key)).Expect(201);
        Assert.True(again.Replayed);
        Assert.Equal(first.Id, again.Id);
    }

    private static (string, string) Key() => Requests.Key(Guid.NewGuid().ToString());

    private static object Body(string path)
    {
        var unique = $"t{Guid.NewGuid():N}"[..20];
        return path switch
        {
            "/users" => Requests.User(unique),
            "/products" => new { name = unique, categoryId = "garden", price = new { amount = 1, currency = "USD" } },
            "/categories" => new { name = unique },
            "/payments" => new { orderId = unique, amount = new { amount = 5, currency = "USD" } },
            "/notifications" => new { userId = "user-bob", channel = "EMAIL", recipient = $"{unique}@example.com", subject = "s", message = "m" },
            _ => new { userId = "user-bob", items = new[] { new { productId = "product14", quantity = 1 } }, shippingAddress = Requests.Address, notes = unique },
        };
    }
}
