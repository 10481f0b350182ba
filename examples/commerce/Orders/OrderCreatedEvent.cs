using Commerce.Shared.Events;

namespace Commerce.Orders;

/// <summary>An order was placed.</summary>
internal sealed record OrderCreatedEvent(Order Order) : DomainEvent(EventTypes.OrderCreated, Order.Id);
