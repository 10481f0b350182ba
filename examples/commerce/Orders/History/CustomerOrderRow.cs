using System.Globalization;
using Commerce.Shared.Events;
using Commerce.Shared.Models;
using Commerce.Shared.Web;

namespace Commerce.Orders.History;

/// <summary>
/// A row of <c>customer_orders</c>, the read model of what customers have ordered. It is made of events alone, by <see cref="Of"/> and
/// <see cref="After"/>: whoever puts the same events in the same order through these gets the same row.
/// </summary>
internal sealed record CustomerOrderRow
{
    public string OrderId { get; init; } = "";

    public string TenantId { get; init; } = "";

    public string UserId { get; init; } = "";

    public string Status { get; init; } = "";

    public long Pieces { get; init; }

    public string Currency { get; init; } = "";

    public long TotalMinor { get; init; }

    public string CreatedAt { get; init; } = "";

    public string UpdatedAt { get; init; } = "";

    /// <summary>The place in the log of the last event that made it what it is.</summary>
    public long LogOffset { get; init; }

    /// <summary>The row that an event of the log makes of the row before; null when it says nothing of an order that is known.</summary>
    public static CustomerOrderRow? Next(CustomerOrderRow? before, CloudEvent happened) => happened.Type switch
    {
        EventTypes.OrderCreated when before is null => Of(happened),
        EventTypes.OrderStatusChanged => before?.After(happened),
        _ => null,
    };

    public CustomerOrder ToCustomerOrder() => new()
    {
        OrderId = OrderId,
        Status = EnumText<OrderStatus>.Parse(Status),
        Pieces = (int)Pieces,
        Total = new MinorUnits(TotalMinor, EnumText<Currency>.Parse(Currency)).ToMoney(),
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        Offset = LogOffset,
    };

    /// <summary>In words, to be compared by people.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{TenantId}/{UserId} {Status}, {Pieces} pieces, {TotalMinor} minor units of {Currency}, created {CreatedAt}, updated {UpdatedAt}, offset {LogOffset}");

    private static CustomerOrderRow? Of(CloudEvent happened)
    {
        if (happened.DataAs<OrderCreatedEvent>() is not { Order: var order } || order.Id != happened.Subject || !MinorUnits.TryFrom(order.Total, out var total))
            return null;
        return new CustomerOrderRow
        {
            OrderId = order.Id,
            TenantId = happened.TenantId ?? "",
            UserId = order.UserId,
            Status = EnumText<OrderStatus>.Of(order.Status),
            Pieces = order.Items.Sum(item => (long)item.Quantity),
            Currency = EnumText<Currency>.Of(total.Currency),
            TotalMinor = total.Value,
            CreatedAt = order.CreatedAt,
            UpdatedAt = order.UpdatedAt,
            LogOffset = happened.Offset ?? 0,
        };
    }

    private CustomerOrderRow? After(CloudEvent happened)
    {
        if (happened.TenantId != TenantId || happened.DataAs<OrderStatusChangedEvent>() is not { } change)
            return null;
        return this with
        {
            Status = EnumText<OrderStatus>.Of(change.NewStatus),
            UpdatedAt = change.Timestamp,
            LogOffset = happened.Offset ?? 0,
        };
    }
}
