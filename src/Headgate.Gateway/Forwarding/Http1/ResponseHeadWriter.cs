using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>Puts the head of an upstream's response into the response to the client.</summary>
internal static class ResponseHeadWriter
{
    public static void Apply(ResponseHead head, GatewayContext context, BodyFraming framing)
    {
        ClientResponse response = context.Response;
        IHeaderDictionary headers = response.Headers;
        response.StatusCode = head.Status;
        for (int i = 0; i < head.FieldCount; i++)
        {
            FieldLine line = head[i];
            if (line.Kind == FieldKind.PassedOn && !head.IsNominated(line.Name))
                Add(headers, head, i, line);
            else if (line.Kind == FieldKind.Upgrade && head.Status == StatusCodes.Status101SwitchingProtocols)
                headers.Upgrade = line.Value;
        }

        // RFC 9110 §8.6: no Content-Length in 1xx and 204.
        if (head.ContentLength >= 0 && head.Status is >= 200 and not 204)
            headers.ContentLength = head.ContentLength;

        // Over HTTP/1.1 the coding is written here and not by Kestrel, which has no trailers there: see ChunkedWriter.
        if (framing is BodyFraming.Chunked && ClientTakesChunks(context.Request))
            headers.TransferEncoding = "chunked";
    }

    /// <summary>Whether the client's connection has the chunked coding: HTTP/1.1, neither older nor newer.</summary>
    public static bool ClientTakesChunks(ClientRequest request) => request.Protocol == "HTTP/1.1";

    // A name that occurred before in the same head (Set-Cookie) has its values joined; all others are set at once.
    private static void Add(IHeaderDictionary headers, ResponseHead head, int index, FieldLine line)
    {
        for (int i = 0; i < index; i++)
        {
            if (!string.Equals(head[i].Name, line.Name, StringComparison.OrdinalIgnoreCase))
                continue;
            headers[line.Name] = StringValues.Concat(headers[line.Name], line.Value);
            return;
        }

        headers[line.Name] = line.Value;
    }
}
