namespace Commerce.Orders.Checkout;

/// <summary>What an order that was priced is placed with.</summary>
internal sealed record PlaceRequest
{
    /// <summary>What is promised of the stock for it.</summary>
    public string? ReservationId { get; init; }
}
