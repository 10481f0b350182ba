using Commerce.Shared.Models;

namespace Commerce.Orders.Checkout;

/// <summary>What a cart costs, under the id that its order will have.</summary>
internal sealed record Quote(string OrderId, IReadOnlyList<OrderItem> Items, Money Subtotal, Money Tax, Money Shipping, Money Total);
