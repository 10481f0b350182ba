using Headgate.Gateway.Errors;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Pipeline;

/// <summary>The exceptions that reading from or writing to a client raises in ordinary operation, and the errors that they are.</summary>
internal static class RequestFaults
{
    /// <summary>Whether an exception is the client's doing or going, not a bug.</summary>
    public static bool IsExpected(Exception exception, GatewayContext context) =>
        exception is BadHttpRequestException or ConnectionAbortedException or ConnectionResetException
        || (exception is OperationCanceledException && context.ClientGone);

    /// <summary>The catalogue error of an expected exception.</summary>
    public static GatewayFailure ToFailure(Exception exception, GatewayContext context) => exception switch
    {
        BadHttpRequestException { StatusCode: 413 } =>
            new(ErrorCatalogue.RequestBodyTooLarge, $"The body is larger than the {context.Request.MaxBodySize} bytes that this operation takes."),
        BadHttpRequestException { StatusCode: 408 } => new(ErrorCatalogue.RequestBodyTimeout, "The body came too slowly or stopped."),
        BadHttpRequestException => new(ErrorCatalogue.RequestBodyInvalid, "The body's framing is broken or it ended too early."),
        _ => new(ErrorCatalogue.ClientClosedRequest, "The client closed the connection."),
    };
}
