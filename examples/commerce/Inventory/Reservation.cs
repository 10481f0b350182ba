namespace Commerce.Inventory;

internal sealed record Reservation
{
    public required string Id { get; init; }

    public string? UserId { get; init; }

    public required ReservationStatus Status { get; init; }

    public required IReadOnlyList<ReservationItem> Items { get; init; }

    public required string CreatedAt { get; init; }

    public required string UpdatedAt { get; init; }
}
