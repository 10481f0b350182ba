using System.Security.Cryptography;
using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// The upgrade part of a request (RFC 9110 §7.8): a client's HTTP/1.1 <c>Upgrade</c> goes on as it is; a client's WebSocket over HTTP/2
/// (RFC 8441) becomes the HTTP/1.1 handshake of RFC 6455. <c>h2c</c> is never passed on: it would open a tunnel past every policy.
/// </summary>
internal static class UpgradeRequest
{
    public static bool IsWanted(ClientRequest request) =>
        request.ExtendedConnectProtocol is { } protocol
            ? protocol == "websocket"
            : request.IsUpgrade && !ConnectionOption.Contains(request.Headers.Upgrade.ToString(), "h2c");

    public static string MethodOf(ClientRequest request, string method) => request.ExtendedConnectProtocol is null ? method : "GET";

    public static void WriteFields<TSink>(ClientRequest request, ref TSink sink)
        where TSink : struct, IHeaderSink
    {
        sink.Add("Connection", "Upgrade");
        if (request.ExtendedConnectProtocol is null)
        {
            sink.Add("Upgrade", request.Headers.Upgrade.ToString());
            return;
        }

        // RFC 8441 §5: the key is a matter of the HTTP/1.1 side only.
        const int keyBytes = 16;
        sink.Add("Upgrade", "websocket");
        sink.Add("Sec-WebSocket-Key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(keyBytes)));
    }

    /// <summary>Makes the head of a 101 that of an accepted extended CONNECT, where the client asked by one (RFC 8441 §5).</summary>
    public static void Accept(GatewayContext context)
    {
        if (context.Request.ExtendedConnectProtocol is null)
            return;
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.Headers.Remove("Upgrade");
        context.Response.Headers.Remove("Sec-WebSocket-Accept");
    }
}
