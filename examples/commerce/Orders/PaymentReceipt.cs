using Commerce.Payments;
using Commerce.Shared.Models;

namespace Commerce.Orders;

/// <summary>What the order service reads of a payment.</summary>
internal sealed record PaymentReceipt(string Id, string OrderId, Money Amount, PaymentStatus Status)
{
    public bool Pays(OrderRow order) =>
        OrderId == order.Id && Status == PaymentStatus.Succeeded && MinorUnits.TryFrom(Amount, out var paid) && paid == order.Total;
}
