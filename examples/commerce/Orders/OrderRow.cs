using Commerce.Shared.Models;
using Commerce.Shared.Web;

namespace Commerce.Orders;

/// <summary>A row of <c>orders</c>.</summary>
internal sealed record OrderRow
{
    public string Id { get; init; } = "";

    public string TenantId { get; init; } = "";

    public string UserId { get; init; } = "";

    public string Items { get; init; } = "";

    public string ShippingAddress { get; init; } = "";

    public string BillingAddress { get; init; } = "";

    public string Currency { get; init; } = "";

    public long SubtotalMinor { get; init; }

    public long TaxMinor { get; init; }

    public long ShippingMinor { get; init; }

    public long TotalMinor { get; init; }

    public string Status { get; init; } = "";

    public string? PaymentId { get; init; }

    /// <summary>How many payments were declined: it makes the key of the next attempt.</summary>
    public long DeclinedPayments { get; init; }

    /// <summary>True from before the payment service is asked until its answer is known.</summary>
    public bool PaymentPending { get; init; }

    public string? TrackingNumber { get; init; }

    public string? Notes { get; init; }

    public string CreatedAt { get; init; } = "";

    public string UpdatedAt { get; init; } = "";

    public OrderStatus State => EnumText<OrderStatus>.Parse(Status);

    public MinorUnits Total => Amount(TotalMinor);

    public Order ToOrder() => new()
    {
        Id = Id,
        UserId = UserId,
        Items = Json.Read<OrderItem[]>(Items),
        ShippingAddress = Json.Read<Address>(ShippingAddress),
        BillingAddress = Json.Read<Address>(BillingAddress),
        Subtotal = Amount(SubtotalMinor).ToMoney(),
        Tax = Amount(TaxMinor).ToMoney(),
        Shipping = Amount(ShippingMinor).ToMoney(),
        Total = Total.ToMoney(),
        Status = State,
        PaymentId = PaymentId,
        TrackingNumber = TrackingNumber,
        Notes = Notes,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        Links = new OrderLinks(
            $"/orders/{Id}",
            OrderStatusMachine.Allows(State, OrderStatus.Cancelled) ? $"/orders/{Id}/cancel" : null,
            PaymentId is null && OrderStatusMachine.Allows(State, OrderStatus.Confirmed) ? $"/orders/{Id}/pay" : null),
    };

    private MinorUnits Amount(long minor) => new(minor, EnumText<Currency>.Parse(Currency));
}
