using Commerce.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Commerce.Tests;

/// <summary>An order that is called off while other things happen to it: it ends with its money where it belongs.</summary>
public sealed class OrderRaceTests : IAsyncLifetime
{
    private RecordingServer _inventory = null!;
    private Shop _shop = null!;

    // Calling off asks the inventory service, after it has looked for money and before it writes: what happens then is the test's to say.
    private Func<Task> _meanwhile = () => Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _inventory = await RecordingServer.StartAsync(async http =>
        {
            await _meanwhile();
            await http.Response.WriteAsync("{}");
        });
        _shop = await Shop.StartAsync(options => options with { Environment = name => name == "INVENTORY_SERVICE_URL" ? _inventory.Address.ToString() : null });
    }

    public async ValueTask DisposeAsync()
    {
        await _shop.DisposeAsync();
        await _inventory.DisposeAsync();
    }

    [Fact]
    public async Task OrderThatIsConfirmedWhileItIsCalledOff_IsPaidBack()
    {
        var order = await PlaceAsync();
        var payment = (await Customer("payment-service").PostAsync("/payments", new { orderId = order.Id, amount = order.Body!["total"] })).Expect(201).Id;
        var admin = await _shop.AsAsync("acme-admin", "order-service");
        _meanwhile = async () =>
        {
            _meanwhile = () => Task.CompletedTask;
            (await Customer("order-service").PostAsync($"/orders/{order.Id}/confirm", new { paymentId = payment })).Expect(200);
        };
        var key = Requests.Key("call-it-off");

        Assert.Equal("ORDER_BUSY", (await admin.PostAsync($"/orders/{order.Id}/cancel", null, key)).Expect(409).ErrorCode);
        Assert.Equal("CONFIRMED", (await admin.GetAsync($"/orders/{order.Id}")).Expect(200).Text("status"));
        Assert.Equal("CANCELLED", (await admin.PostAsync($"/orders/{order.Id}/cancel", null, key)).Expect(200).Text("status"));

        Assert.Equal(0, Ledger.Of(_shop, order.Id).Sum(movement => movement.Signed));
        Assert.Equal("REFUNDED", (await _shop.Service("payment-service").GetAsync($"/payments/{payment}")).Expect(200).Text("status"));
    }

    [Fact]
    public async Task OrderThatIsBeingCalledOff_IsNotMovedAlongMeanwhile()
    {
        var order = await PlaceAsync();
        var admin = await _shop.AsAsync("acme-admin", "order-service");
        Reply? moved = null;
        _meanwhile = async () => moved = await admin.PatchAsync($"/orders/{order.Id}", new { status = "CONFIRMED" });

        Assert.Equal("CANCELLED", (await admin.PostAsync($"/orders/{order.Id}/cancel")).Expect(200).Text("status"));

        Assert.Equal("ORDER_BUSY", moved!.Expect(409).ErrorCode);
    }

    private async Task<Reply> PlaceAsync()
    {
        var quote = (await Customer("order-service").PostAsync(
            "/orders/quote", new { items = new[] { new { productId = "product1", quantity = 1 } }, shippingAddress = Requests.Address })).Expect(200);
        return (await Customer("order-service").PostAsync($"/orders/{quote.Text("orderId")}/place", new { reservationId = "res_1" })).Expect(201);
    }

    private Api Customer(string service) => _shop.Service(service, user: "user-alice");
}
