namespace Commerce.Orders.Checkout;

/// <summary>What an order is confirmed with.</summary>
internal sealed record ConfirmRequest
{
    /// <summary>The payment that pays it.</summary>
    public required string PaymentId { get; init; }
}
