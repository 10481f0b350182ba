namespace Commerce.Audit;

/// <summary>What an auditor needs of a payment.</summary>
internal sealed record AuditedPayment
{
    public string Id { get; init; } = "";

    public string OrderId { get; init; } = "";

    public string Status { get; init; } = "";

    public long AmountMinor { get; init; }

    public long RefundedMinor { get; init; }

    public string? ChargeId { get; init; }
}
