using Commerce.Shared.Models;

namespace Commerce.Orders.Checkout;

/// <summary>A cart to be priced: what an order says, without whose it is.</summary>
internal sealed record QuoteRequest
{
    public required IReadOnlyList<OrderItemRequest> Items { get; init; }

    public required Address ShippingAddress { get; init; }

    public Address? BillingAddress { get; init; }

    public string? Notes { get; init; }

    public CreateOrderRequest ToOrder(string userId) => new()
    {
        UserId = userId,
        Items = Items,
        ShippingAddress = ShippingAddress,
        BillingAddress = BillingAddress,
        Notes = Notes,
    };
}
