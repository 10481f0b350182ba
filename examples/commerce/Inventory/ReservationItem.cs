namespace Commerce.Inventory;

internal sealed record ReservationItem
{
    public required string ProductId { get; init; }

    public required int Quantity { get; init; }
}
