namespace Commerce.Shared.Events;

/// <summary>A row of <c>outbox</c>: an event that the log has not acknowledged yet.</summary>
internal sealed record OutboxRow
{
    public long Seq { get; init; }

    public string Id { get; init; } = "";

    public string AggregateType { get; init; } = "";

    public string AggregateId { get; init; } = "";

    public string Type { get; init; } = "";

    /// <summary>The event's data as JSON.</summary>
    public string Payload { get; init; } = "";

    public string TenantId { get; init; } = "";

    public string Time { get; init; } = "";

    public string? CorrelationId { get; init; }

    public string? CausationId { get; init; }
}
