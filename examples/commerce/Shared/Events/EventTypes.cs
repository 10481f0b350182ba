namespace Commerce.Shared.Events;

/// <summary>The catalogue of events.</summary>
internal static class EventTypes
{
    public const string UserCreated = "user.created";
    public const string UserUpdated = "user.updated";
    public const string OrderCreated = "order.created";
    public const string OrderStatusChanged = "order.status_changed";
    public const string PaymentProcessed = "payment.processed";
    public const string InventoryReserved = "inventory.reserved";
    public const string NotificationSent = "notification.sent";
}
