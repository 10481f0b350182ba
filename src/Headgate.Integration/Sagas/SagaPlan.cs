using Headgate.Integration.Idempotency;
using Headgate.Integration.Sagas.Definitions;
using Headgate.Integration.Sagas.Progress;

namespace Headgate.Integration.Sagas;

/// <summary>A saga, compiled. Immutable.</summary>
internal sealed record SagaPlan
{
    /// <summary>The API in whose document it stands.</summary>
    public required string Api { get; init; }

    /// <summary>The operation.</summary>
    public required string Operation { get; init; }

    /// <summary>The steps in order.</summary>
    public required SagaStepPlan[] Steps { get; init; }

    /// <summary>What of them decides where it goes.</summary>
    public required SagaShape Shape { get; init; }

    /// <summary>How long it may go forward before the pivot.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>How long after it began a call may be made again.</summary>
    public required TimeSpan RepeatFor { get; init; }

    /// <summary>How long a client waits for the answer.</summary>
    public required TimeSpan Wait { get; init; }

    /// <summary>The answer; null for that of a step.</summary>
    public required SagaResponsePlan? Response { get; init; }

    /// <summary>The header fields that are kept of a client's request.</summary>
    public required string[] KeptFields { get; init; }

    /// <summary>Whether errors of services are told in the API's own form.</summary>
    public required bool MapsErrors { get; init; }

    /// <summary>What the operation says of idempotency keys; null for nothing.</summary>
    public required IdempotencyPlan? Idempotency { get; init; }

    /// <summary>The definition by which instances of it go on, whatever the document says by then.</summary>
    public required SagaDefinition Definition { get; init; }

    /// <summary>What the document says.</summary>
    public required SagaExtension Declared { get; init; }
}
