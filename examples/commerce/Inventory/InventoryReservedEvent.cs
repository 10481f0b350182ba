using Commerce.Shared.Events;

namespace Commerce.Inventory;

/// <summary>Pieces were promised to somebody.</summary>
internal sealed record InventoryReservedEvent(Reservation Reservation) : DomainEvent(EventTypes.InventoryReserved, Reservation.Id);
