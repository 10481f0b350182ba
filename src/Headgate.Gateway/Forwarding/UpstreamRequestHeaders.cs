using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// Which header fields an upstream sees: the client's, without hop-by-hop and identity fields, and those that Headgate adds. The one place for these rules,
/// used by both transports. Framing (<c>Host</c>, <c>Content-Length</c>, <c>Transfer-Encoding</c>, <c>Connection</c>, <c>Upgrade</c>, <c>Expect</c>) is the transport's own and never passes here.
/// </summary>
internal static class UpstreamRequestHeaders
{
    public static void Write<TSink>(GatewayContext context, ref TSink sink)
        where TSink : struct, IHeaderSink, allows ref struct
    {
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in context.Request.Headers)
        {
            foreach (string? value in values)
                sink.Add(name, value);
        }
    }
}
