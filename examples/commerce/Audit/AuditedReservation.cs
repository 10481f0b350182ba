using Commerce.Inventory;
using Commerce.Shared.Web;

namespace Commerce.Audit;

/// <summary>What an auditor needs of a reservation.</summary>
internal sealed record AuditedReservation
{
    public string Id { get; init; } = "";

    public string Status { get; init; } = "";

    public string Items { get; init; } = "";

    public bool Holds => Status == EnumText<ReservationStatus>.Of(ReservationStatus.Reserved);

    public IReadOnlyList<ReservationItem> ItemList => Json.Read<ReservationItem[]>(Items);
}
