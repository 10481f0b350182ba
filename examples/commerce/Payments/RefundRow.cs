namespace Commerce.Payments;

/// <summary>A row of <c>refunds</c>.</summary>
internal sealed record RefundRow
{
    public string Id { get; init; } = "";

    public string PaymentId { get; init; } = "";

    public long AmountMinor { get; init; }

    public string Status { get; init; } = "";

    public string? Reason { get; init; }

    public string CreatedAt { get; init; } = "";
}
