using Commerce.Tests.Support;

namespace Commerce.Tests.Events;

/// <summary>The history of a customer's orders is made of events, and a replay of the log proves that it is what they say.</summary>
public sealed class OrderHistoryTests : IAsyncLifetime
{
    private const int Orders = 40;

    private static readonly string[] Customers = ["alice", "bob", "carol"];

    private static readonly (string Sql, string Finding)[] Tamperings =
    [
        ("UPDATE customer_orders SET status = 'SHIPPED' WHERE order_id = (SELECT min(order_id) FROM customer_orders)", "SHIPPED"),
        ("UPDATE customer_orders SET total_minor = total_minor + 1 WHERE order_id = (SELECT min(order_id) FROM customer_orders)", "the log says"),
        ("DELETE FROM customer_orders WHERE order_id = (SELECT min(order_id) FROM customer_orders)", "is missing"),
        ("INSERT INTO customer_orders SELECT 'ord_forged', tenant_id, user_id, status, pieces, currency, total_minor, created_at, updated_at, 1 FROM customer_orders LIMIT 1", "the log says nothing of it"),
    ];

    private ShopWithLog _both = null!;

    public async ValueTask InitializeAsync() => _both = await ShopWithLog.StartAsync();

    public ValueTask DisposeAsync() => _both.DisposeAsync();

    [Fact]
    public async Task History_AfterRandomTraffic_IsWhatAReplayMakes_AndShowsEachOrderAsItIs()
    {
        await TradeAsync(seed: 20261128);
        await _both.SettledAsync();

        var (exitCode, output) = await _both.CompareHistoryAsync(await _both.ReplayAsync());

        Assert.True(exitCode == 0, output);
        Assert.StartsWith($"equal: {Orders} orders from ", output, StringComparison.Ordinal);
        foreach (var customer in Customers)
        {
            var api = await _both.Shop.AsAsync(customer, "order-service");
            var orders = (await api.GetAsync("/orders?size=100")).Expect(200).Body!["content"]!.AsArray();
            var history = (await api.GetAsync($"/customers/user-{customer}/orders?size=100")).Expect(200).Body!["content"]!.AsArray();
            Assert.NotEmpty(orders);
            Assert.Equal(
                orders.Select(order => $"{order!["id"]} {order["status"]} {order["total"]!.ToJsonString()}").Order(StringComparer.Ordinal),
                history.Select(order => $"{order!["orderId"]} {order["status"]} {order["total"]!.ToJsonString()}").Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task History_ThatWasTamperedWith_IsFound()
    {
        var alice = await _both.Shop.AsAsync("alice", "order-service");
        for (var i = 0; i < 3; i++)
            (await alice.PostAsync("/orders", Requests.Order("user-alice", ("product1", 1)))).Expect(201);
        await _both.SettledAsync();
        var replay = await _both.ReplayAsync();
        Assert.Equal(0, (await _both.CompareHistoryAsync(replay)).ExitCode);
        _both.Shop.Write("order-service", "CREATE TABLE true_orders AS SELECT * FROM customer_orders; UPDATE true_orders SET pieces = pieces");

        foreach (var (tampering, finding) in Tamperings)
        {
            _both.Shop.Write("order-service", tampering);

            var (exitCode, output) = await _both.CompareHistoryAsync(replay);

            Assert.Equal(1, exitCode);
            Assert.Contains(finding, output, StringComparison.Ordinal);
            Assert.Contains("different: 1 of 3 orders", output, StringComparison.Ordinal);
            _both.Shop.Write("order-service", "DELETE FROM customer_orders; INSERT INTO customer_orders SELECT * FROM true_orders");
        }

        Assert.Equal(0, (await _both.CompareHistoryAsync(replay)).ExitCode);
    }

    [Fact]
    public async Task History_OfAnotherCustomerOrTenant_IsNotShown()
    {
        var alice = await _both.Shop.AsAsync("alice", "order-service");
        (await alice.PostAsync("/orders", Requests.Order("user-alice", ("product1", 1)))).Expect(201);
        await _both.SettledAsync();

        (await (await _both.Shop.AsAsync("bob", "order-service")).GetAsync("/customers/user-alice/orders")).Expect(403);
        var elsewhere = (await (await _both.Shop.AsAsync("globex-admin", "order-service")).GetAsync("/customers/user-alice/orders")).Expect(200);
        Assert.Equal(0, elsewhere.Body!["totalElements"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("not json", 2, "is no replay of the event log")]
    [InlineData("", 0, "equal: 0 orders from 0 events")]
    public async Task Compare_WithSomethingElseThanAReplay_SaysSo(string replay, int expected, string text)
    {
        using var input = new StringReader(replay);
        using var output = new StringWriter();
        Assert.Equal(expected, await CommerceCommand.RunAsync(["history", "--data", _both.Shop.Options.DataDirectory], input, output, output));
        Assert.Contains(text, output.ToString(), StringComparison.Ordinal);
    }

    // Places orders, and has each go some steps of its way; all at once, as customers do.
    private async Task TradeAsync(int seed)
    {
        var dice = new Random(seed);
        var plans = Enumerable.Range(0, Orders).Select(_ => (Customer: Customers[dice.Next(Customers.Length)], Product: $"product{dice.Next(1, 50)}", Steps: dice.Next(5))).ToList();
        await Task.WhenAll(plans.Select(plan => TradeAsync(plan.Customer, plan.Product, plan.Steps)));
    }

    private async Task TradeAsync(string customer, string product, int steps)
    {
        var api = await _both.Shop.AsAsync(customer, "order-service");
        var staff = _both.Shop.Service("order-service", customer == "carol" ? "globex" : "acme");
        var order = (await api.PostAsync("/orders", Requests.Order($"user-{customer}", (product, 1 + steps)))).Expect(201).Id;
        if (steps >= 1)
            (await api.PostAsync($"/orders/{order}/pay")).Expect(200);
        if (steps >= 2)
            (await staff.PatchAsync($"/orders/{order}", new { status = "PROCESSING" })).Expect(200);
        if (steps == 3)
            (await api.PostAsync($"/orders/{order}/cancel")).Expect(200);
        if (steps == 4)
            (await staff.PatchAsync($"/orders/{order}", new { status = "SHIPPED", trackingNumber = "T1" })).Expect(200);
    }
}
