namespace Commerce.Audit;

/// <summary>What an auditor needs of an order.</summary>
internal sealed record AuditedOrder
{
    public string Id { get; init; } = "";

    public string Status { get; init; } = "";

    public long TotalMinor { get; init; }

    public string? ReservationId { get; init; }
}
