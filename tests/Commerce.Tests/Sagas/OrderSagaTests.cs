using System.Text.Json.Nodes;
using Commerce.Tests.Support;

namespace Commerce.Tests.Sagas;

/// <summary>The reference's OrderSagaIntegrationTest, over the real services: an order that happens in all of them, or in none.</summary>
public sealed class OrderSagaTests : IAsyncLifetime
{
    private ShopWithLog _both = null!;
    private Customer _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _both = await ShopWithLog.StartAsync();
        _alice = new Customer(_both.Gateway.Clients, await _both.Shop.TokenAsync("alice"));
    }

    public async ValueTask DisposeAsync()
    {
        _alice.Dispose();
        await _both.DisposeAsync();
    }

    /// <summary>"should create order successfully".</summary>
    [Fact]
    public async Task Order_ThatCanBePaid_IsConfirmed_AndEachServiceTellsOfIt()
    {
        var order = (await _alice.OrderAsync()).Expect(201);

        Assert.Equal(("CONFIRMED", 2), (order.Text("status"), order.Body!["items"]!.AsArray().Count));
        Assert.Equal($"/orders/{order.Id}", order.Headers.Location?.ToString());
        await _both.SettledAsync();
        var events = await _both.EventsAsync();
        Assert.Equal(order.Id, Subject(events, "order.created"));
        Assert.Equal(order.Text("paymentId"), Subject(events, "payment.processed"));
        Assert.StartsWith("res_", Subject(events, "inventory.reserved"), StringComparison.Ordinal);
        Assert.Equal(order.Body["total"]!["amount"]!.GetValue<double>() * 100, Ledger.Of(_both.Shop, order.Id).Sum(movement => movement.Signed), 3);
        await AssertBooksAgreeAsync("1 sagas, of which 1 are finished, 0 undone, 0 need attention");
    }

    /// <summary>"should rollback on payment failure".</summary>
    [Fact]
    public async Task Order_WhosePaymentIsDeclined_IsUndoneInEachService()
    {
        var before = _both.Count("inventory-service", "SELECT sum(reserved) FROM stock");

        var refused = (await _alice.OrderAsync(Customer.DeclinedCard)).Expect(402);

        Assert.Contains("PAYMENT_DECLINED", refused.Content, StringComparison.Ordinal);
        Assert.Equal(before, _both.Count("inventory-service", "SELECT sum(reserved) FROM stock"));
        Assert.Equal(1, _both.Count("inventory-service", "SELECT count(*) FROM reservations WHERE status = 'RELEASED'"));
        Assert.Equal(1, _both.Count("order-service", "SELECT count(*) FROM orders WHERE status = 'CANCELLED'"));
        Assert.Empty(Ledger.All(_both.Shop));
        await _both.SettledAsync();
        var events = await _both.EventsAsync();
        Assert.Equal("CANCELLED", (string?)events.Single(told => (string?)told["type"] == "order.status_changed")["data"]!["newStatus"]);
        Assert.Equal("FAILED", (string?)events.Single(told => (string?)told["type"] == "payment.processed")["data"]!["payment"]!["status"]);
        await AssertBooksAgreeAsync("1 sagas, of which 0 are finished, 1 undone, 0 need attention");
    }

    [Fact]
    public async Task Checkout_OfACart_IsAnOrderThatIsPaid_HoweverOftenItIsAsked()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _alice.CheckoutAsync("cart-1")));

        // Who comes while the first is at work is asked to come back.
        Assert.All(replies, reply => Assert.True(reply.Status is 201 or 202 or 409, $"{reply.Status} {reply.Content}"));
        var order = (await _alice.CheckoutAsync("cart-1")).Expect(201);
        Assert.Equal("CONFIRMED", order.Text("status"));
        Assert.Equal("CONFIRMED", (await _alice.GetAsync($"/orders/{order.Text("orderId")}")).Expect(200).Text("status"));
        Assert.Equal(1, _both.Count("order-service", "SELECT count(*) FROM orders"));
        Assert.Single(Ledger.All(_both.Shop));
        await _both.SettledAsync();
        var events = await _both.EventsAsync();
        Assert.Equal(order.Text("orderId"), Subject(events, "order.created"));
        Assert.Equal(order.Text("orderId"), Subject(events, "order.status_changed"));
        Assert.Single(events, told => (string?)told["type"] == "payment.processed");
        (await _alice.CheckoutAsync(null)).Expect(400);
        (await _alice.CheckoutAsync("cart-1", product: "product9")).Expect(422);
        await AssertBooksAgreeAsync("1 sagas, of which 1 are finished, 0 undone, 0 need attention");
    }

    [Theory]
    [InlineData(402, Customer.DeclinedCard, "product1", 1)]
    [InlineData(422, null, "no-such-product", 1)]
    [InlineData(409, null, "product1", 9999)]
    public async Task Checkout_ThatAServiceRefuses_LeavesNothing(int status, string? card, string product, int quantity)
    {
        (await _alice.CheckoutAsync("cart-2", card, product, quantity)).Expect(status);
        Assert.Equal(status, (await _alice.CheckoutAsync("cart-2", card, product, quantity)).Status);
        Assert.Empty(Ledger.All(_both.Shop));
        Assert.Equal(0, _both.Count("inventory-service", "SELECT sum(reserved) FROM stock"));
        await AssertBooksAgreeAsync("1 sagas, of which 0 are finished, 1 undone, 0 need attention");
    }

    private async Task AssertBooksAgreeAsync(string sagas)
    {
        var (exitCode, output) = await _both.AuditAsync();
        Assert.True(exitCode == 0, output);
        Assert.Contains(sagas, output, StringComparison.Ordinal);
    }

    private static string Subject(IReadOnlyList<JsonNode> events, string type) => (string)Assert.Single(events, told => (string?)told["type"] == type)["subject"]!;
}
