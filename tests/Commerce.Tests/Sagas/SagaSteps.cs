using Commerce.Tests.Support;

namespace Commerce.Tests.Sagas;

/// <summary>Makes the calls of a saga by hand: each step, what has to be there before it, and what undoes it, under the keys that a saga gives them.</summary>
/// <param name="service">The service of a name, called for alice.</param>
internal sealed class SagaSteps(Func<string, Api> service)
{
    /// <summary>The saga's id, which no other has.</summary>
    public string Saga { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The key of a step, or of what undoes it.</summary>
    public string KeyOf(string step) => $"{Saga}/{step}";

    public Task<Reply> SendAsync(StepCall call, string step) => service(call.Service).PostAsync(call.Path, call.Body, Requests.Key(KeyOf(step)));

    /// <summary>The call of a step. Everything that has to be there before it is done, under keys of its own.</summary>
    public async Task<StepCall> PrepareAsync(string step)
    {
        var cart = new { items = new[] { new { productId = "product20", quantity = 1 } }, shippingAddress = Requests.Address };
        switch (step)
        {
            case "reserve": return new("inventory-service", "/inventory/reserve", new { items = cart.items });
            case "order": return new("order-service", "/orders", new { userId = "user-alice", cart.items, cart.shippingAddress });
            case "quote": return new("order-service", "/orders/quote", cart);
            case "pay": return new("payment-service", "/payments", new { orderId = $"order-{Saga}", amount = new { amount = 12.5, currency = "USD" } });
            case "authorize": return new("payment-service", "/payments/authorize", new { orderId = $"order-{Saga}", amount = new { amount = 12.5, currency = "USD" } });
            case "capture":
                var aside = await SendAsync(await PrepareAsync("authorize"), "authorize");
                return new("payment-service", $"/payments/{aside.Expect(201).Id}/capture", null);
            case "place":
                return new("order-service", $"/orders/{(await QuoteAsync()).Text("orderId")}/place", null);
            default:
                var order = (await SendAsync(await PrepareAsync("place"), "place")).Expect(201);
                var paid = (await service("payment-service").PostAsync("/payments", new { orderId = order.Id, amount = order.Body!["total"] })).Expect(201);
                return new("order-service", $"/orders/{order.Id}/confirm", new { paymentId = paid.Id });
        }
    }

    public async Task<Reply> QuoteAsync() => (await SendAsync(await PrepareAsync("quote"), "quote")).Expect(200);

    /// <summary>The call that undoes a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="made">What it answered. Without, the id of what it made is a guess; what undoes it is known by its key.</param>
    public StepCall UndoingOf(string step, Reply? made) => step switch
    {
        "reserve" => new("inventory-service", "/inventory/release", made is null ? new { items = new[] { new { productId = "product20", quantity = 1 } } } : new { reservationId = made.Id }),
        "order" or "place" => new("order-service", $"/orders/{made?.Id ?? $"ord_{Saga}"}/cancel", null),
        _ => new("payment-service", $"/payments/{made?.Id ?? $"pay_{Saga}"}/refund", null),
    };

    /// <summary>Undoes a step; who is asked to come back does.</summary>
    public async Task<Reply> UndoAsync(string step, Reply? made, string suffix = "")
    {
        while (true)
        {
            var reply = await SendAsync(UndoingOf(step, made), $"{step}{suffix}/undo");
            if (reply is not { Status: 409, ErrorCode: "IDEMPOTENCY_IN_PROGRESS" or "ORDER_BUSY" })
                return reply;
        }
    }
}
