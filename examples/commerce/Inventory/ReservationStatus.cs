namespace Commerce.Inventory;

internal enum ReservationStatus
{
    Reserved,
    Released,
}
