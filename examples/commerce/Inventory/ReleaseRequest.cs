namespace Commerce.Inventory;

/// <summary>Names a reservation, or gives the items of one (then the caller's latest of these items is meant).</summary>
internal sealed record ReleaseRequest
{
    public string? ReservationId { get; init; }

    public IReadOnlyList<ReservationItem>? Items { get; init; }
}
