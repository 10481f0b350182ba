using Commerce.Shared.Events;

namespace Commerce.Orders;

/// <summary>An order went on, or was called off.</summary>
internal sealed record OrderStatusChangedEvent(string OrderId, OrderStatus PreviousStatus, OrderStatus NewStatus, string? Reason = null)
    : DomainEvent(EventTypes.OrderStatusChanged, OrderId);
