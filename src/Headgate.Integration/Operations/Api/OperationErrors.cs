using Headgate.Gateway.Errors;

namespace Headgate.Integration.Operations.Api;

/// <summary>What can be wrong with requests for operations.</summary>
public static class OperationErrors
{
    /// <summary>There is no such operation, or it is not the caller's business.</summary>
    public static readonly GatewayErrorKind Unknown = new("operation_unknown", "NOT_FOUND", 404, "There is no such operation.");

    /// <summary>An operation that is to be cancelled has ended already.</summary>
    public static readonly GatewayErrorKind Ended = new("operation_ended", "CONFLICT", 409, "The operation has ended.");

    /// <summary>This instance cannot begin another operation now.</summary>
    public static readonly GatewayErrorKind Unavailable = new("operations_full", "SERVICE_UNAVAILABLE", 503, "No operation can begin now.");

    /// <summary>As many clients follow operations as may.</summary>
    public static readonly GatewayErrorKind StreamsFull = new("operation_streams_full", "SERVICE_UNAVAILABLE", 503, "Too many clients follow operations.");
}
