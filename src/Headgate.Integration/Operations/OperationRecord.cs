namespace Headgate.Integration.Operations;

/// <summary>An operation as the store has it. Immutable; the data must not be changed.</summary>
public sealed record OperationRecord
{
    /// <summary>Its id: <c>op_</c> and 32 hexadecimal digits that nobody can guess; a later one sorts after an earlier.</summary>
    public required string Id { get; init; }

    /// <inheritdoc cref="NewOperation.Kind"/>
    public required string Kind { get; init; }

    /// <inheritdoc cref="NewOperation.Name"/>
    public required string Name { get; init; }

    /// <inheritdoc cref="NewOperation.Api"/>
    public required string Api { get; init; }

    /// <inheritdoc cref="NewOperation.Tenant"/>
    public string? Tenant { get; init; }

    /// <inheritdoc cref="NewOperation.Owner"/>
    public string? Owner { get; init; }

    /// <summary>Where it is, but for a cancellation on its way.</summary>
    internal OperationState Kept { get; init; } = OperationState.InProgress;

    /// <summary>Where it is.</summary>
    public OperationState State => CancelRequested is not null && !Kept.IsEnd() ? OperationState.Cancelling : Kept;

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => Kept.IsEnd();

    /// <summary>Why somebody has to look at it; null while nobody has to.</summary>
    public string? Attention { get; init; }

    /// <summary>What was done about it, when somebody had to look at it and resolved it by other means.</summary>
    public string? Resolution { get; init; }

    /// <summary>How far it is, in percent.</summary>
    public int Progress { get; init; }

    /// <inheritdoc cref="OperationChange.Message"/>
    public string? Message { get; init; }

    /// <inheritdoc cref="OperationChange.Stage"/>
    public string? Stage { get; init; }

    /// <inheritdoc cref="OperationChange.EstimatedCompletion"/>
    public DateTimeOffset? EstimatedCompletion { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <inheritdoc cref="NewOperation.Deadline"/>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>When somebody first asked for its end; null when nobody did.</summary>
    public DateTimeOffset? CancelRequested { get; init; }

    /// <inheritdoc cref="NewOperation.Version"/>
    public string Version { get; init; } = "";

    /// <inheritdoc cref="NewOperation.CorrelationId"/>
    public string? CorrelationId { get; init; }

    /// <inheritdoc cref="NewOperation.TraceParent"/>
    public string? TraceParent { get; init; }

    /// <summary>The state of the kind. Empty in lists, which leave it out.</summary>
    public byte[] Data { get; init; } = [];

    /// <summary>What it has come to; null while it has not, and in lists, which leave it out.</summary>
    public OperationResult? Result { get; init; }

    /// <inheritdoc cref="OperationChange.Error"/>
    public OperationError? Error { get; init; }

    /// <summary>The name under which an instance is at it, or was last; empty for none.</summary>
    public string Worker { get; init; } = "";

    /// <summary>Counts how often it changed hands: who had it before changes nothing any more.</summary>
    internal long Epoch { get; init; }

    /// <summary>How often in a row whoever was at it died without getting any further: one that kills whoever is at it is not tried for ever.</summary>
    public int Takeovers { get; init; }

    /// <summary>How often its kind threw an exception.</summary>
    public int Failures { get; init; }
}
