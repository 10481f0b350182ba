using Headgate.Gateway.Errors;
using Headgate.Integration.Operations;
using Headgate.Integration.Operations.Api;

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

    /// <summary>Whether the request is one that came before.</summary>
    public bool IsRepetition => Known is not null;

    /// <summary>None begins.</summary>
    public static SagaStart Refused(OperationRefusal why) => why == OperationRefusal.Attention
        ? new() { Refusal = new GatewayFailure(OperationErrors.AttentionFull, "As many operations of this API wait for its operators as may. Nothing was done.") { RetryAfter = TimeSpan.FromMinutes(1) } }
        : new() { Refusal = new GatewayFailure(SagaErrors.Full, "As much is under way here as may be. Nothing was done.") { RetryAfter = TimeSpan.FromSeconds(1) } };
}
