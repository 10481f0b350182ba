using Headgate.Gateway.Errors;
using Headgate.Integration.Operations;

namespace Headgate.Integration.Sagas;

/// <summary>What came of a request for a saga. Immutable.</summary>
internal sealed record SagaStart
{
    /// <summary>The saga in the hands of this process; null for none.</summary>
    public OperationRun? Run { get; init; }

    /// <summary>The saga as the store has it, where it was begun by an earlier request with the same key.</summary>
    public OperationRecord? Known { get; init; }

    /// <summary>Why there is none.</summary>
    public GatewayFailure? Refusal { get; init; }

    /// <summary>This process can take no more.</summary>
    public static SagaStart Full { get; } = new()
    {
        Refusal = new GatewayFailure(SagaErrors.Full, "As much is under way here as may be. Nothing was done.") { RetryAfter = TimeSpan.FromSeconds(1) },
    };

    /// <summary>Whether the request is one that came before.</summary>
    public bool IsRepetition => Known is not null;
}
