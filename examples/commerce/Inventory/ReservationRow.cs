using Commerce.Shared.Web;

namespace Commerce.Inventory;

/// <summary>A row of <c>reservations</c>. The items stand in one order, so that equal wishes have equal text.</summary>
internal sealed record ReservationRow
{
    public string Id { get; init; } = "";

    public string TenantId { get; init; } = "";

    public string? UserId { get; init; }

    public string Status { get; init; } = "";

    public string Items { get; init; } = "";

    public string CreatedAt { get; init; } = "";

    public string UpdatedAt { get; init; } = "";

    public IReadOnlyList<ReservationItem> ItemList => Json.Read<ReservationItem[]>(Items);

    public Reservation ToReservation() => new()
    {
        Id = Id,
        UserId = UserId,
        Status = EnumText<ReservationStatus>.Parse(Status),
        Items = ItemList,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };
}
