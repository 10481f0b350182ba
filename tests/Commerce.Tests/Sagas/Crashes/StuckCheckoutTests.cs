using System.Text.Json.Nodes;
using Commerce.Tests.Support;

namespace Commerce.Tests.Sagas.Crashes;

/// <summary>
/// A service stays away for longer than a saga waits for it, after money was taken or while a checkout is being undone. An operator sees to it
/// with the commands of the program alone, and the audit agrees before and after.
/// </summary>
public sealed class StuckCheckoutTests : IAsyncLifetime
{
    // Ten tries take a minute: two are enough to be given up.
    private const string Impatient = "attempts: 2, baseDelay: 50ms";

    private CrashingShop _shop = null!;
    private Customer _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await CrashingShop.OpenAsync(CrashingShop.Programs, Impatient);
        _alice = await _shop.SignInAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _alice.Dispose();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task CheckoutsThatAreStuck_AreListed_Explained_Retried_AndResolved_AndTheBooksAgree()
    {
        // Of two the stock cannot be given back; of the third the money is taken, and the order cannot be confirmed.
        var refused = await StickAsync(1, "inventory-service", 402, () => _alice.CheckoutAsync("refused", Customer.ExpiringCard));
        await _shop.StartAsync(["inventory-service"]);
        var resolved = await StickAsync(2, "inventory-service", 402, () => _alice.CheckoutAsync("resolved", Customer.ExpiringCard));
        await _shop.StartAsync(["inventory-service"]);
        var paid = await StickAsync(3, "order-service", 202, () => _alice.OrderAsync(key: "paid"));

        Assert.Equal([paid, resolved, refused], await ListAsync());
        await AuditSaysAsync("3 sagas, of which 0 are finished, 0 undone, 3 need attention", "createOrderSaga needs attention: The service order-service does not say whether 'confirm-order' was done");
        await ExplainSaysAsync(paid, "The service order-service does not say whether 'confirm-order' was done", "process-payment (POST /payments to payment-service), the pivot: done", "confirm-order (POST /orders/{orderId}/confirm to order-service): being called, may have happened");
        await ExplainSaysAsync(refused, "The step 'place-order' was done and could not be undone by POST /orders/{orderId}/cancel to order-service", "capture-payment (POST /payments/{paymentId}/capture to payment-service), the pivot: did not happen, answered 402");

        // Retried while nothing has changed, it is stuck again.
        await SagasAsync("retry", paid);
        await NeedingAttentionAsync(2);
        await NeedingAttentionAsync(3);

        await _shop.StartAsync(["order-service"]);
        await SagasAsync("retry", paid, refused);
        await NeedingAttentionAsync(1);
        await Until.TrueAsync(() => UnderWay() == 0, "both have ended");
        await AuditSaysAsync("3 sagas, of which 1 are finished, 1 undone, 1 need attention");

        await CallOffByHandAsync();
        await SagasAsync("resolve", resolved, "--note", "called off by hand");
        Assert.Empty(await ListAsync());
        await ExplainSaysAsync(resolved, "called off by hand");
        await AuditSaysAsync("3 sagas, of which 1 are finished, 2 undone, 0 need attention");

        // Customers who ask again under their keys hear what came of it.
        Assert.Equal("CONFIRMED", (await _alice.OrderAsync(key: "paid")).Expect(201).Text("status"));
        (await _alice.CheckoutAsync("refused", Customer.ExpiringCard)).Expect(402);
    }

    // A service dies while the bank is thinking: what comes after the payment cannot be done, and what was done for it before cannot be undone. The customer is told
    // what is certain: that the card is refused, or where to ask.
    private async Task<string> StickAsync(int count, string service, int told, Func<Task<Reply>> buyAsync)
    {
        using var payments = _shop.Watch("payment-service", "SELECT count(*) FROM payments");
        var before = payments.Read();
        Task<Reply> buying;
        await using (await _shop.HoldAsync("payment-provider"))
        {
            buying = buyAsync();
            await payments.ReachedAsync(before + 1, meanwhile: buying);
            await _shop.KillAsync([service]);
        }

        await NeedingAttentionAsync(count);
        (await buying).Expect(told);
        return (await ListAsync()).First();
    }

    // What the operator does about the one whose stock the service, at that time away, did not give back.
    private async Task CallOffByHandAsync()
    {
        var (order, payment) = (_shop.Read("order-service", "SELECT id FROM orders WHERE status = 'PENDING'"), _shop.Read("payment-service", "SELECT id FROM payments WHERE status = 'AUTHORIZED'"));
        using var orders = _shop.Service("order-service", user: null);
        using var payments = _shop.Service("payment-service", user: null);
        Assert.Equal("CANCELLED", (await orders.PostAsync($"/orders/{order}/cancel")).Expect(200).Text("status"));
        Assert.Equal("VOIDED", (await payments.PostAsync($"/payments/{payment}/refund")).Expect(200).Text("status"));
    }

    private async Task NeedingAttentionAsync(int count)
    {
        using var watch = _shop.Watch(new CrashPoint("stuck", null, "SELECT count(*) FROM headgate_operations WHERE attention IS NOT NULL"));
        await Until.TrueAsync(() => watch.Read() == count, $"{count} need attention");
    }

    private int UnderWay()
    {
        using var watch = _shop.Watch(CrashPoint.UnderWay);
        return watch.Read();
    }

    private async Task<IEnumerable<string>> ListAsync() =>
        JsonNode.Parse(await SagasAsync("list", "--attention", "--format", "json"))!.AsArray().Select(saga => (string)saga!["id"]!);

    private async Task ExplainSaysAsync(string id, params string[] lines)
    {
        var output = await SagasAsync("explain", id);
        Assert.All(lines, line => Assert.Contains(line, output, StringComparison.Ordinal));
    }

    private async Task AuditSaysAsync(params string[] lines)
    {
        var (exitCode, output) = await _shop.AuditAsync();
        Assert.True(exitCode == 0, output);
        Assert.All(lines, line => Assert.Contains(line, output, StringComparison.Ordinal));
    }

    private async Task<string> SagasAsync(params string[] arguments)
    {
        var (exitCode, output) = await _shop.AskGatewayAsync(["sagas", .. arguments]);
        Assert.True(exitCode == 0, output);
        return output;
    }
}
