namespace Commerce.Orders.Checkout;

/// <summary>A row of <c>checkouts</c>: an order that others see through (a saga), from its price to its end.</summary>
internal sealed record CheckoutRow
{
    public string OrderId { get; init; } = "";

    public string TenantId { get; init; } = "";

    public string UserId { get; init; } = "";

    /// <summary>The priced order as JSON, until it is placed.</summary>
    public string? Quote { get; init; }

    /// <summary>What is promised of the stock for it.</summary>
    public string? ReservationId { get; init; }

    /// <summary>True until the order is confirmed or called off by who sees it through: meanwhile its customer can do neither.</summary>
    public bool Held { get; init; }
}
