using Headgate.Gateway.Errors;

namespace Headgate.Integration.Sagas;

/// <summary>The errors of sagas.</summary>
internal static class SagaErrors
{
    /// <summary>The steps took too long together.</summary>
    public static readonly GatewayErrorKind TimedOut = new("saga_timeout", "GATEWAY_TIMEOUT", 504, "What was to be done took too long, and is undone.") { ProxyStatus = "connection_timeout" };

    /// <summary>Somebody cancelled it.</summary>
    public static readonly GatewayErrorKind Cancelled = new("saga_cancelled", "CONFLICT", 409, "What was to be done was cancelled, and is undone.");

    /// <summary>It succeeded, and what the client would be answered is more than is kept.</summary>
    public static readonly GatewayErrorKind AnswerTooLarge = new("saga_answer_too_large", "CONFLICT", 409, "What was to be done is done, and the answer is too large to be given.");

    /// <summary>No more can be begun at the moment.</summary>
    public static readonly GatewayErrorKind Full = new("saga_not_started", "SERVICE_UNAVAILABLE", 503, "What was to be done cannot be begun at the moment.");
}
