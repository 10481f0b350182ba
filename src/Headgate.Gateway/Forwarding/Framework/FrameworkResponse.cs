using System.Globalization;
using System.Net.Http.Headers;
using Headgate.Gateway.Forwarding.Http1;
using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Forwarding.Framework;

/// <summary>Puts the head of the framework's response into the response to the client, under the same rules as the socket transport.</summary>
internal static class FrameworkResponse
{
    /// <summary>False when the message is framed in a way that is not passed on.</summary>
    public static bool TryApply(HttpResponseMessage response, GatewayContext context, string method)
    {
        bool isChunked = response.Headers.NonValidated.Contains("Transfer-Encoding");
        if (!TryReadLength(response.Content.Headers, out long? length) || (isChunked && length is not null))
            return false;

        context.Response.StatusCode = (int)response.StatusCode;
        string nominated = string.Join(',', response.Headers.Connection);
        Add(response.Headers.NonValidated, nominated, context);
        Add(response.Content.Headers.NonValidated, nominated, context);

        // RFC 9110 §8.6: no Content-Length in 1xx and 204.
        int status = (int)response.StatusCode;
        if (length is not null && status is >= 200 and not 204)
            context.Response.Headers.ContentLength = length;
        else if (HasBody(status, method) && length is null && ResponseHeadWriter.ClientTakesChunks(context.Request))
            context.Response.Headers.TransferEncoding = "chunked";
        if (status == StatusCodes.Status101SwitchingProtocols)
        {
            context.Response.Headers.Upgrade = response.Headers.Upgrade.ToString();
            UpgradeRequest.Accept(context);
        }

        return true;
    }

    /// <summary>RFC 9112 §6.3: the responses that have no body whatever their fields say.</summary>
    public static bool HasBody(int status, string method) => method != "HEAD" && status is >= 200 and not 204 and not 304;

    // RFC 9112 §6.3: a repeated, listed or malformed length makes the framing invalid.
    private static bool TryReadLength(HttpContentHeaders headers, out long? length)
    {
        length = null;
        if (!headers.NonValidated.TryGetValues("Content-Length", out HeaderStringValues values))
            return true;
        bool valid = values.Count == 1 & long.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long parsed);
        length = parsed;
        return valid;
    }

    private static void Add(HttpHeadersNonValidated headers, string nominated, GatewayContext context)
    {
        foreach ((string name, HeaderStringValues values) in headers)
        {
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) || ResponseHeaderRules.IsHopByHop(name) || ConnectionOption.Contains(nominated, name))
                continue;
            context.Response.Headers[name] = values.Count == 1 ? values.ToString() : new StringValues([.. values]);
        }
    }
}
