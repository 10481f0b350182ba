using Commerce.Payments;

namespace Commerce.Orders;

/// <summary>How the order is paid. Without a method the provider's ordinary test card is charged.</summary>
internal sealed record PayOrderRequest
{
    public PaymentMethod? PaymentMethod { get; init; }
}
