using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.View;

/// <summary>The errors of views.</summary>
internal static class ViewErrors
{
    /// <summary>The request names a view that the operation does not have.</summary>
    public static readonly GatewayErrorKind Unknown = new("view_unknown", "VALIDATION_ERROR", 400, "There is no such view of the answer.");

    /// <summary>The service's answer says that it is JSON, and no view of it can be given.</summary>
    public static readonly GatewayErrorKind AnswerInvalid =
        new("view_answer_invalid", "BAD_GATEWAY", 502, "No view of the service's answer can be given.") { ProxyStatus = "http_protocol_error" };

    /// <summary>That the service's answer is none of which a view can be given.</summary>
    public static GatewayFailure Unreadable(GatewayContext context, string reason) =>
        new(AnswerInvalid, $"{AnswerInvalid.Title} {reason}") { Service = context.Instance?.Service };
}
