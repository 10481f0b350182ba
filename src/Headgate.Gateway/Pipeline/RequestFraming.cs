using Headgate.Gateway.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Pipeline;

/// <summary>
/// Refuses what Kestrel lets through although the next hop could frame it differently. Which rule is enforced where stands in <c>docs/reference/http-strictness.md</c>.
/// </summary>
internal static class RequestFraming
{
    public static PolicyVerdict Check(GatewayContext context)
    {
        ClientRequest request = context.Request;
        if (!request.IsHttp1)
            return PolicyVerdict.Continue;

        StringValues coding = request.Headers.TransferEncoding;
        if (coding.Count == 0)
            return PolicyVerdict.Continue;

        // RFC 9112 §6.1: both framings is a smuggling attempt or a broken sender. Kestrel keeps the renamed length.
        if (request.ContentLength is not null || request.Headers.ContainsKey("X-Content-Length"))
            return Refuse(context, "Content-Length and Transfer-Encoding stand together.");

        // RFC 9112 §6.1: HTTP/1.0 has no codings; a message that claims one has faulty framing.
        if (request.Protocol == "HTTP/1.0")
            return Refuse(context, "HTTP/1.0 has no Transfer-Encoding.");

        // RFC 9112 §6.1: a coding that is not understood is refused; Headgate forwards chunked alone.
        return coding.Count == 1 && string.Equals(coding[0], "chunked", StringComparison.OrdinalIgnoreCase)
            ? PolicyVerdict.Continue
            : Refuse(context, "Of the transfer codings only a single \"chunked\" is accepted.");
    }

    private static PolicyVerdict Refuse(GatewayContext context, string detail)
    {
        context.Explanation?.Add("framing", "refused", detail);
        context.Response.Headers.Connection = "close";
        return context.Fail(new GatewayFailure(ErrorCatalogue.RequestFramingInvalid, detail));
    }
}
