namespace Headgate.Integration.Operations;

/// <summary>An operation that is to begin. Immutable; the data must not be changed afterwards.</summary>
public sealed record NewOperation
{
    /// <summary>The <see cref="OperationKind.Name"/> of who carries it out.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is, in the words of the API: the <c>operationId</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The API in whose document that stands.</summary>
    public required string Api { get; init; }

    /// <summary>For which tenant; null for none.</summary>
    public string? Tenant { get; init; }

    /// <summary>Whose it is, as <see cref="OperationOwner"/> says; null for nobody's: whoever knows its id may see it.</summary>
    public string? Owner { get; init; }

    /// <summary>What it was compiled from: the kind goes on with it as it began, or fails it.</summary>
    public string Version { get; init; } = "";

    /// <summary>The state of the kind.</summary>
    public byte[] Data { get; init; } = [];

    /// <summary>Which part it begins with; null where it has none.</summary>
    public string? Stage { get; init; }

    /// <summary>What is going on; null for nothing to tell.</summary>
    public string? Message { get; init; }

    /// <summary>When it will probably have ended; null for nobody knows.</summary>
    public DateTimeOffset? EstimatedCompletion { get; init; }

    /// <summary>When it is to have ended. The kind sees to it; one that is still there then counts as stuck.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The id of the request, or whatever else, to which it belongs with others.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The W3C trace context of the request that began it, in which it goes on.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The operation as it begins in this process.</summary>
    /// <param name="instance">The name under which the process has it.</param>
    /// <param name="now">The time, of which the store keeps milliseconds.</param>
    internal OperationRecord ToRecord(string instance, DateTimeOffset now)
    {
        now = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        return new OperationRecord
        {
            Id = OperationId.New(now),
            Kind = Kind,
            Name = Name,
            Api = Api,
            Tenant = Tenant,
            Owner = Owner,
            Message = OperationBounds.Clip(Message),
            Stage = Stage,
            EstimatedCompletion = EstimatedCompletion,
            CreatedAt = now,
            UpdatedAt = now,
            Deadline = Deadline,
            Version = Version,
            CorrelationId = CorrelationId,
            TraceParent = TraceParent,
            Data = Data,
            Worker = instance,
            Epoch = 1,
        };
    }
}
