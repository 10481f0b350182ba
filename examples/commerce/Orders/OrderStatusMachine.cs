using System.Collections.Frozen;
using Commerce.Shared.Web;

namespace Commerce.Orders;

/// <summary>What may become of an order. Everything else is a conflict.</summary>
internal static class OrderStatusMachine
{
    private static readonly FrozenDictionary<OrderStatus, OrderStatus[]> Next = new Dictionary<OrderStatus, OrderStatus[]>
    {
        [OrderStatus.Pending] = [OrderStatus.Confirmed, OrderStatus.Cancelled],
        [OrderStatus.Confirmed] = [OrderStatus.Processing, OrderStatus.Cancelled],
        [OrderStatus.Processing] = [OrderStatus.Shipped, OrderStatus.Cancelled],
        [OrderStatus.Shipped] = [OrderStatus.Delivered],
        [OrderStatus.Delivered] = [OrderStatus.Refunded],
        [OrderStatus.Cancelled] = [],
        [OrderStatus.Refunded] = [],
    }.ToFrozenDictionary();

    public static bool Allows(OrderStatus from, OrderStatus to) => Next[from].Contains(to);

    public static void Require(OrderStatus from, OrderStatus to)
    {
        if (Allows(from, to))
            return;
        throw ApiException.Conflict("INVALID_STATUS_TRANSITION",
            $"An order that is {EnumText<OrderStatus>.Of(from)} cannot become {EnumText<OrderStatus>.Of(to)}.",
            new { from, to, allowed = Next[from] });
    }
}
