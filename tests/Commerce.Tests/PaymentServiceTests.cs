using Commerce.Shared.Data;
using Commerce.Tests.Support;
using Dapper;

namespace Commerce.Tests;

public class PaymentServiceTests(ShopFixture fixture)
{
    private const string Hangs = "4000000000000259";
    private const string Fails = "4000000000000119";

    private readonly Shop _shop = fixture.Shop;

    [Fact]
    public async Task CreatePayment_GoodCard_IsChargedAndLookedUpAtTheProvider()
    {
        var alice = await AliceAsync();
        var created = (await alice.PostAsync("/payments", Payment(Order(), 12.34))).Expect(201);

        Assert.Equal(("SUCCEEDED", "4242", "user-alice"), (created.Text("status"), created.Text("cardLast4"), created.Text("userId")));
        (await alice.GetAsync(created.Header("Location"))).Expect(200);
        var status = (await alice.GetAsync($"{created.Header("Location")}/status")).Expect(200);
        Assert.Equal((1234, "succeeded"), (status.Body!["charge"]!["amount"]!.GetValue<int>(), status.Body["charge"]!["status"]!.GetValue<string>()));
    }

    [Fact]
    public async Task CreatePayment_SecondForTheOrder_IsConflictThatNamesTheFirst()
    {
        var (alice, order) = (await AliceAsync(), Order());
        var first = (await alice.PostAsync("/payments", Payment(order, 10))).Expect(201);

        var second = (await alice.PostAsync("/payments", Payment(order, 10))).Expect(409);

        Assert.Equal("PAYMENT_EXISTS", second.ErrorCode);
        Assert.Equal(first.Id, second.Body!["error"]!["details"]!["paymentId"]!.GetValue<string>());
    }

    // The service does not know yet what the provider does: somebody else was there in between.
    [Theory]
    [InlineData("capture", "cancel", "PAYMENT_NOT_AUTHORIZED")]
    [InlineData("refund", "capture", "PAYMENT_NOT_REFUNDABLE")]
    public async Task PaymentSetAside_ThatIsClosedAtTheProviderMeanwhile_IsADefiniteRefusal(string wanted, string done, string code)
    {
        var payments = _shop.Service("payment-service");
        var order = Order();
        var payment = (await _shop.Service("payment-service", user: "user-alice").PostAsync("/payments/authorize", Payment(order, 10))).Expect(201).Id;
        var intent = DatabaseReader.Read(Path.Combine(_shop.Options.DataDirectory, "payment-service.db"), connection =>
            connection.ExecuteScalar<string>("SELECT intent_id FROM payment_intents WHERE payment_id = @payment", new { payment }));
        (await _shop.PaymentProvider().PostAsync($"/intents/{intent}/{done}")).Expect(200);
        var key = Requests.Key($"{wanted}-{order}");

        var refused = (await payments.PostAsync($"/payments/{payment}/{wanted}", null, key)).Expect(409);

        Assert.Equal(code, refused.ErrorCode);
        Assert.True((await payments.PostAsync($"/payments/{payment}/{wanted}", null, key)).Expect(409).Replayed);
        Assert.Equal(done == "capture" ? 1000 : 0, Ledger.Of(_shop, order).Sum(movement => movement.Signed));
    }

    [Fact]
    public async Task CreatePayment_DeclinedCard_Is402AndStoredAsFailed()
    {
        var (alice, order) = (await AliceAsync(), Order());

        var declined = (await alice.PostAsync("/payments", Payment(order, 10, "4000000000000002"))).Expect(402);

        Assert.Equal(("PAYMENT_DECLINED", "CARD_DECLINED"), (declined.ErrorCode, declined.Body!["error"]!["details"]!["reason"]!.GetValue<string>()));
        var stored = (await alice.GetAsync($"/payments?orderId={order}")).Expect(200).Body!["content"]![0]!;
        Assert.Equal(("FAILED", "CARD_DECLINED"), (stored["status"]!.GetValue<string>(), stored["failureCode"]!.GetValue<string>()));
        (await alice.PostAsync("/payments", Payment(order, 10))).Expect(201);
    }

    [Fact]
    public async Task CreatePayment_ProviderFails_IsPaymentGatewayErrorAndStaysOpen()
    {
        var (alice, order) = (await AliceAsync(), Order());

        var failed = (await alice.PostAsync("/payments", Payment(order, 10, Fails), Requests.Key($"k-{order}"))).Expect(502);

        Assert.Equal("PAYMENT_GATEWAY_ERROR", failed.ErrorCode);
        Assert.Equal("PENDING", (await alice.GetAsync($"/payments?orderId={order}")).Body!["content"]![0]!["status"]!.GetValue<string>());
        // The outcome is not known, so that nothing is kept for the key and the next try asks again.
        Assert.False((await alice.PostAsync("/payments", Payment(order, 10, Fails), Requests.Key($"k-{order}"))).Expect(502).Replayed);
        Assert.Empty(Ledger.Of(_shop, order));
    }

    [Theory]
    [InlineData("key")]
    [InlineData(null)]
    public async Task CreatePayment_ProviderNeverAnswers_Is504AndRepeatingFindsTheOneCharge(string? key)
    {
        await using var shop = await Shop.StartAsync(options => options with { PaymentTimeout = TimeSpan.FromMilliseconds(400) });
        var (alice, order) = (await shop.AsAsync("alice", "payment-service"), Order());
        (string, string)[] headers = key is null ? [] : [Requests.Key(key)];

        var silent = (await alice.PostAsync("/payments", Payment(order, 10, Hangs), headers)).Expect(504);
        var repeated = (await alice.PostAsync("/payments", Payment(order, 10, Hangs), headers)).Expect(201);

        Assert.Equal("PAYMENT_GATEWAY_ERROR", silent.ErrorCode);
        Assert.Equal("SUCCEEDED", repeated.Text("status"));
        Assert.Single(Ledger.Of(shop, order));
        Assert.Equal(1, (await alice.GetAsync($"/payments?orderId={order}")).Body!["totalElements"]!.GetValue<int>());
    }

    [Fact]
    public async Task PayOrder_ProviderNeverAnswers_CanBeRepeatedOrCalledOff()
    {
        await using var shop = await Shop.StartAsync(options => options with { PaymentTimeout = TimeSpan.FromMilliseconds(400) });
        var alice = await shop.AsAsync("alice", "order-service");
        var order = (await alice.PostAsync("/orders", Requests.Order("user-alice", ("product1", 1)))).Expect(201);
        var (pay, card) = ($"{order.Header("Location")}/pay", new { paymentMethod = new { cardNumber = Hangs } });

        (await alice.PostAsync(pay, card)).Expect(504);
        // Money may have moved: the order is neither paid with another card nor called off before that is known.
        Assert.Equal("PAYMENT_UNRESOLVED", (await alice.PostAsync(pay)).Expect(409).ErrorCode);
        Assert.Equal("PAYMENT_UNRESOLVED", (await alice.PostAsync($"{order.Header("Location")}/cancel")).Expect(409).ErrorCode);
        (await alice.PostAsync(pay, card)).Expect(200);

        Assert.Single(Ledger.Of(shop, order.Id));
    }

    [Fact]
    public async Task Refund_InParts_NeverMoreThanWasPaid()
    {
        var (alice, admin, order) = (await AliceAsync(), await _shop.AsAsync("acme-admin", "payment-service"), Order());
        var path = (await alice.PostAsync("/payments", Payment(order, 10))).Expect(201).Header("Location");

        (await alice.PostAsync($"{path}/refund")).Expect(403);
        var part = (await admin.PostAsync($"{path}/refund", new { amount = Money(4), reason = "damaged" })).Expect(200);
        Assert.Equal(("PARTIALLY_REFUNDED", 4.0), (part.Text("status"), part.Body!["refunded"]!["amount"]!.GetValue<double>()));
        Assert.Equal("REFUND_EXCEEDS_PAYMENT", (await admin.PostAsync($"{path}/refund", new { amount = Money(6.01) })).Expect(409).ErrorCode);
        (await admin.PostAsync($"{path}/refund", new { amount = Money(-1) })).Expect(400);
        var rest = (await admin.PostAsync($"{path}/refund")).Expect(200);
        var again = (await admin.PostAsync($"{path}/refund")).Expect(200);

        Assert.Equal(("REFUNDED", "REFUNDED"), (rest.Text("status"), again.Text("status")));
        Assert.Equal([1000, -400, -600], Ledger.Of(_shop, order).Select(entry => entry.Signed));
    }

    [Fact]
    public async Task Refund_ManyAtOnce_PayBackOnce()
    {
        var (alice, service, order) = (await AliceAsync(), _shop.Service("payment-service"), Order());
        var path = (await alice.PostAsync("/payments", Payment(order, 10))).Expect(201).Header("Location");

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => service.PostAsync($"{path}/refund")));

        Assert.All(replies, reply => Assert.Equal(200, reply.Status));
        Assert.Equal([1000, -1000], Ledger.Of(_shop, order).Select(entry => entry.Signed));
    }

    [Fact]
    public async Task Refund_OfAPaymentThatFailed_IsConflict()
    {
        var (alice, order) = (await AliceAsync(), Order());
        var declined = await alice.PostAsync("/payments", Payment(order, 10, "4000000000000002"));
        var id = declined.Body!["error"]!["details"]!["paymentId"]!.GetValue<string>();

        Assert.Equal("PAYMENT_NOT_REFUNDABLE", (await _shop.Service("payment-service").PostAsync($"/payments/{id}/refund")).Expect(409).ErrorCode);
    }

    [Fact]
    public async Task Payment_ProviderGone_EachCallHasItsOwnErrorCode()
    {
        await using var shop = await Shop.StartAsync();
        var (alice, service) = (await shop.AsAsync("alice", "payment-service"), shop.Service("payment-service"));
        var path = (await alice.PostAsync("/payments", Payment(Order(), 10))).Expect(201).Header("Location");
        await using var cut = await Shop.StartAsync(options => shop.Options with
        {
            Service = "payment",
            Environment = name => name switch
            {
                "PAYMENT_GATEWAY_URL" => "http://127.0.0.1:9",
                "USER_SERVICE_URL" => shop.Host.Address("user-service").ToString(),
                _ => null,
            },
        });
        var other = cut.Service("payment-service");

        Assert.Equal("PAYMENT_STATUS_ERROR", (await other.GetAsync($"{path}/status")).Expect(502).ErrorCode);
        Assert.Equal("REFUND_ERROR", (await other.PostAsync($"{path}/refund")).Expect(502).ErrorCode);
        Assert.Equal("REFUNDED", (await service.PostAsync($"{path}/refund")).Expect(200).Text("status"));
    }

    private static string Order() => $"ord-{Guid.NewGuid():N}";

    private static object Money(double amount) => new { amount, currency = "USD" };

    private static object Payment(string orderId, double amount, string cardNumber = "4242424242424242") =>
        new { orderId, amount = Money(amount), paymentMethod = new { cardNumber } };

    private Task<Api> AliceAsync() => _shop.AsAsync("alice", "payment-service");
}
