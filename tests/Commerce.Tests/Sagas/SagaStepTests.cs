using Commerce.Shared.Data;
using Commerce.Tests.Support;
using Dapper;

namespace Commerce.Tests.Sagas;

/// <summary>
/// What sagas ask of the services: that a step which is repeated happens once, and that what undoes a step has undone it, whether the step
/// came before, never, or only afterwards.
/// </summary>
public class SagaStepTests(ShopFixture fixture)
{
    private const int Callers = 50;

    private readonly Shop _shop = fixture.Shop;
    private readonly SagaSteps _steps = new(name => fixture.Shop.Service(name, user: "user-alice"));

    public static TheoryData<string> Steps => ["reserve", "order", "pay", "quote", "authorize", "place", "capture", "confirm"];

    public static TheoryData<string> Undoings => ["reserve", "order", "pay", "authorize"];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Step_FiftyAtOnceUnderOneKey_HappensOnceAndIsReplayed(string step)
    {
        var call = await PrepareAsync(step);

        var replies = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => SendAsync(call, step)));

        // Where a third party takes part, those who come meanwhile are asked to come back.
        Assert.All(replies, reply => Assert.True(reply.Status is 200 or 201 || reply is { Status: 409, ErrorCode: "IDEMPOTENCY_IN_PROGRESS" }, $"{reply.Status} {reply.Content}"));
        Assert.Single(replies, reply => reply is { Status: 200 or 201, Replayed: false });
        var again = await SendAsync(call, step);
        Assert.True(again.Replayed);
        Assert.Equal(replies.First(reply => reply.Status is 200 or 201).Content, again.Content);
    }

    [Theory]
    [MemberData(nameof(Undoings))]
    public async Task Undoing_OfAStepThatHappened_UndoesItOnce_HoweverOften(string step)
    {
        var call = await PrepareAsync(step);
        var made = await SendAsync(call, step);
        Assert.Equal(201, made.Status);

        var first = await UndoAsync(step, made);
        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => UndoAsync(step, made)));

        Assert.Equal(200, first.Status);
        Assert.All(replies, reply => Assert.Equal(first.Content, reply.Content));
        Assert.Equal(Undone(step), first.Text("status"));
        // The step itself, repeated late, is what it was: it does not happen again.
        Assert.True((await SendAsync(call, step)).Replayed);
        Assert.Equal(Undone(step), (await ReadAsync(step, made)).Text("status"));
        await AssertNothingIsTakenAsync(step, call, made);
    }

    [Theory]
    [MemberData(nameof(Undoings))]
    public async Task Undoing_BeforeItsDelayedStep_HasTheStepComeToNothing(string step)
    {
        var call = await PrepareAsync(step);

        var undone = await UndoAsync(step, null);
        var late = await SendAsync(call, step);
        var again = await SendAsync(call, step);

        Assert.Equal(204, undone.Status);
        Assert.Equal((409, "WITHDRAWN"), (late.Status, late.ErrorCode));
        Assert.Equal((409, "WITHDRAWN"), (again.Status, again.ErrorCode));
        Assert.Equal(204, (await UndoAsync(step, null)).Status);
        await AssertNothingIsTakenAsync(step, call, null);
    }

    [Theory]
    [MemberData(nameof(Undoings))]
    public async Task Undoing_AtTheSameTimeAsItsStep_LeavesNothingBehind(string step)
    {
        var call = await PrepareAsync(step);
        var (sending, undoing) = (SendAsync(call, step), UndoAsync(step, null));
        var (made, undone) = (await sending, await undoing);

        // Who came first is the database's to say. A step that came first is known by now, and undone by what it made.
        if (made.Status == 201)
            Assert.Equal(Undone(step), (await UndoAsync(step, made, "again")).Expect(200).Text("status"));
        else
            Assert.Equal((409, "WITHDRAWN", 204), (made.Status, made.ErrorCode, undone.Status));
        await AssertNothingIsTakenAsync(step, call, made.Status == 201 ? made : null);
    }

    [Fact]
    public async Task Release_OfTheSameItemsByAnotherSaga_LeavesThisOnesReservation()
    {
        var (mine, other) = (await PrepareAsync("reserve"), $"other-{_steps.Saga}");
        var api = Service("inventory-service");
        var kept = (await api.PostAsync("/inventory/reserve", mine.Body, Requests.Key($"{other}/reserve"))).Expect(201);
        var undone = (await SendAsync(mine, "reserve")).Expect(201);

        // As the reference prints it: the order's items, and no reservation.
        (await api.PostAsync("/inventory/release", mine.Body, Requests.Key($"{_steps.Saga}/reserve/undo"))).Expect(200);

        Assert.Equal("RESERVED", (await api.GetAsync($"/inventory/reservations/{kept.Id}")).Text("status"));
        Assert.Equal("RELEASED", (await api.GetAsync($"/inventory/reservations/{undone.Id}")).Text("status"));
    }

    [Fact]
    public async Task Order_ThatASagaSeesThrough_IsNotItsCustomersUntilItIsConfirmed()
    {
        var call = await PrepareAsync("confirm");
        var path = call.Path[..^"/confirm".Length];
        var alice = await _shop.AsAsync("alice", "order-service");
        Assert.Equal("ORDER_BUSY", (await alice.PostAsync($"{path}/cancel")).Expect(409).ErrorCode);
        Assert.Equal("ORDER_BUSY", (await alice.PostAsync($"{path}/pay")).Expect(409).ErrorCode);

        Assert.Equal("CONFIRMED", (await SendAsync(call, "confirm")).Expect(200).Text("status"));

        Assert.Equal("CANCELLED", (await alice.PostAsync($"{path}/cancel")).Expect(200).Text("status"));
        Assert.Equal(0, Ledger.Of(_shop, path["/orders/".Length..]).Sum(movement => movement.Signed));
    }

    [Fact]
    public async Task Order_WithStock_GivesItBackWhenItIsCalledOff()
    {
        var reservation = (await SendAsync(await PrepareAsync("reserve"), "reserve")).Expect(201).Id;
        var quote = await _steps.QuoteAsync();
        var order = (await Service("order-service").PostAsync($"/orders/{quote.Text("orderId")}/place", new { reservationId = reservation })).Expect(201);

        (await Service("order-service").PostAsync($"/orders/{order.Id}/cancel")).Expect(200);

        Assert.Equal("RELEASED", (await Service("inventory-service").GetAsync($"/inventory/reservations/{reservation}")).Text("status"));
    }

    [Theory]
    [InlineData("/orders/quote")]
    [InlineData("/orders/ord_1/place")]
    [InlineData("/orders/ord_1/confirm")]
    public async Task StepsOfACheckout_AreNoCustomersToCall(string path)
    {
        var alice = await _shop.AsAsync("alice", "order-service");
        (await alice.PostAsync(path, new { paymentId = "p" })).Expect(403);
        (await _shop.Anonymous("order-service").PostAsync(path, new { paymentId = "p" })).Expect(401);
    }

    [Fact]
    public async Task Confirm_WithAPaymentThatDoesNotPay_IsRefused()
    {
        var order = (await SendAsync(await PrepareAsync("place"), "place")).Expect(201);
        var other = (await Service("payment-service").PostAsync("/payments", new { orderId = $"o-{_steps.Saga}", amount = order.Body!["total"] })).Expect(201);
        var aside = (await Service("payment-service").PostAsync("/payments/authorize", new { orderId = order.Id, amount = order.Body["total"] })).Expect(201);

        foreach (var payment in new[] { other.Id, aside.Id, "pay_none" })
            Assert.Equal("ORDER_NOT_PAID", (await Service("order-service").PostAsync($"/orders/{order.Id}/confirm", new { paymentId = payment })).Expect(409).ErrorCode);
        Assert.Equal("PENDING", (await Service("order-service").GetAsync($"/orders/{order.Id}")).Text("status"));
    }

    [Fact]
    public async Task Service_ActingForOneUser_CannotUndoForAnother()
    {
        var payment = (await SendAsync(await PrepareAsync("pay"), "pay")).Expect(201);
        (await _shop.Service("payment-service", user: "user-bob").PostAsync($"/payments/{payment.Id}/refund", null, Requests.Key($"{_steps.Saga}/pay/undo"))).Expect(404);
        (await Service("payment-service").PostAsync($"/payments/{payment.Id}/refund")).Expect(403);
        (await (await _shop.AsAsync("alice", "payment-service")).PostAsync($"/payments/{payment.Id}/refund")).Expect(403);
        (await (await _shop.AsAsync("alice", "payment-service")).PostAsync($"/payments/{payment.Id}/capture")).Expect(403);
    }

    private Api Service(string name) => _shop.Service(name, user: "user-alice");

    private Task<Reply> SendAsync(StepCall call, string step) => _steps.SendAsync(call, step);

    private Task<StepCall> PrepareAsync(string step) => _steps.PrepareAsync(step);

    private Task<Reply> UndoAsync(string step, Reply? made, string suffix = "") => _steps.UndoAsync(step, made, suffix);

    private Task<Reply> ReadAsync(string step, Reply made) => step switch
    {
        "reserve" => Service("inventory-service").GetAsync($"/inventory/reservations/{made.Id}"),
        "order" => Service("order-service").GetAsync($"/orders/{made.Id}"),
        _ => Service("payment-service").GetAsync($"/payments/{made.Id}"),
    };

    private static string Undone(string step) => step switch { "reserve" => "RELEASED", "order" => "CANCELLED", "pay" => "REFUNDED", _ => "VOIDED" };

    // Looked at from outside: the books of the provider and the tables of the services.
    private async Task AssertNothingIsTakenAsync(string step, StepCall call, Reply? made)
    {
        Assert.Equal(0, Ledger.Of(_shop, $"order-{_steps.Saga}").Sum(movement => movement.Signed));
        if (step is "pay" or "authorize")
            Assert.Equal(made is null ? 0 : 1, Count("payment-service", $"SELECT count(*) FROM payments WHERE order_id = 'order-{_steps.Saga}'"));
        if (step == "authorize")
            Assert.Equal(0, Count("payment-provider", $"SELECT count(*) FROM card_intents WHERE status = 'authorized' AND metadata LIKE '%order-{_steps.Saga}%'"));
        if (step == "order" && made is null)
            Assert.Equal("WITHDRAWN", (await SendAsync(call, step)).ErrorCode);
    }

    private int Count(string service, string sql) =>
        DatabaseReader.Read(Path.Combine(_shop.Options.DataDirectory, $"{service}.db"), connection => connection.ExecuteScalar<int>(sql));
}
