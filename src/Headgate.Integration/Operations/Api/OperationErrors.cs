using Headgate.Gateway.Errors;

namespace Headgate.Integration.Operations.Api;

/// <summary>What can be wrong with requests for operations.</summary>
public static class OperationErrors
{
    /// <summary>There is no such operation, or it is not the caller's business.</summary>
    public static readonly GatewayErrorKind Unknown = new("operation_unknown", "NOT_FOUND", 404, "There is no such operation.");

    /// <summary>An operation that is to be cancelled has ended already.</summary>
    public static readonly GatewayErrorKind Ended = new("operation_ended", "CONFLICT", 409, "The operation has ended.");

    /// <summary>As many operations of the API need attention as may: it begins no more.</summary>
    public static readonly GatewayErrorKind AttentionFull = new("operations_need_attention", "SERVICE_UNAVAILABLE", 503, "Too many operations need attention.");

    /// <summary>As many clients follow operations as may.</summary>
    public static readonly GatewayErrorKind StreamsFull = new("operation_streams_full", "SERVICE_UNAVAILABLE", 503, "Too many clients follow operations.");
}
