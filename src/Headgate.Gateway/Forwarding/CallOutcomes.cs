using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Forwarding;

/// <summary>Says what a try tells of the service. Stateless.</summary>
internal static class CallOutcomes
{
    /// <summary>The outcome of a try whose answer, where there is one, stands in the context.</summary>
    public static CallOutcome Of(GatewayContext context, GatewayErrorKind? error)
    {
        if (error is null)
            return IsFailure(context.Response.StatusCode) ? CallOutcome.Failure : CallOutcome.Success;

        // Without a type of Proxy-Status it is the client's doing; that all connections are in use is Headgate's own limit.
        bool isOfService = error.ProxyStatus is not null && !ReferenceEquals(error, ErrorCatalogue.UpstreamUnavailable);
        return isOfService && !context.ClientGone ? CallOutcome.Failure : CallOutcome.Neither;
    }

    /// <summary>Whether an answer with this status is no answer of the service, but of what stands before it or in its place.</summary>
    public static bool IsFailure(int status) =>
        status is StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout;
}
