using Headgate.Integration.Operations;

namespace Headgate.Server.Reporting;

/// <summary>An operation as operators see it.</summary>
internal sealed record OperationReport
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required string Api { get; init; }

    public required string? Tenant { get; init; }

    public required string? Owner { get; init; }

    public required string State { get; init; }

    public required int Progress { get; init; }

    public required string? Stage { get; init; }

    public required string? Message { get; init; }

    /// <summary>Why somebody has to look at it; null when nobody has to.</summary>
    public required string? Attention { get; init; }

    public required string? Resolution { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    public required DateTimeOffset? Deadline { get; init; }

    public required DateTimeOffset? CancelRequestedAt { get; init; }

    public required string? CorrelationId { get; init; }

    public required string? TraceParent { get; init; }

    public required string? ErrorCode { get; init; }

    public required string? ErrorDetail { get; init; }

    /// <summary>The name under which an instance is at it, or was last; null for none.</summary>
    public required string? Instance { get; init; }

    /// <summary>How often in a row whoever was at it died without getting any further.</summary>
    public required int Deaths { get; init; }

    /// <summary>How often it failed unexpectedly.</summary>
    public required int Failures { get; init; }

    public static OperationReport Of(OperationRecord record) => new()
    {
        Id = record.Id,
        Kind = record.Kind,
        Name = record.Name,
        Api = record.Api,
        Tenant = record.Tenant,
        Owner = record.Owner,
        State = record.State.ToName(),
        Progress = record.Progress,
        Stage = record.Stage,
        Message = record.Message,
        Attention = record.Attention,
        Resolution = record.Resolution,
        CreatedAt = record.CreatedAt,
        UpdatedAt = record.UpdatedAt,
        EndedAt = record.EndedAt,
        Deadline = record.Deadline,
        CancelRequestedAt = record.CancelRequested,
        CorrelationId = record.CorrelationId,
        TraceParent = record.TraceParent,
        ErrorCode = record.Error?.Code,
        ErrorDetail = record.Error?.Detail,
        Instance = record.Worker.Length == 0 ? null : record.Worker,
        Deaths = record.Takeovers,
        Failures = record.Failures,
    };
}
