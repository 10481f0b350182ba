using Headgate.Gateway.Pipeline;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// <c>Via</c> (RFC 9110 §7.6.3), <c>Forwarded</c> (RFC 7239) and its older forms <c>X-Forwarded-For/-Proto/-Host</c>. What came in is continued
/// when the peer is a trusted proxy and replaced otherwise, so that no client can claim another's address.
/// </summary>
internal static class ForwardedFields
{
    private const string For = "X-Forwarded-For";
    private const string Proto = "X-Forwarded-Proto";
    private const string Host = "X-Forwarded-Host";

    /// <summary>Whether Headgate writes the field itself, continuing a trusted proxy's value.</summary>
    public static bool IsContinued(string name) =>
        name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase) || name.Equals(For, StringComparison.OrdinalIgnoreCase)
        || name.Equals(Proto, StringComparison.OrdinalIgnoreCase) || name.Equals(Host, StringComparison.OrdinalIgnoreCase);

    /// <summary>The element that tells of this hop (RFC 7239 §4): an IPv6 address is bracketed and quoted, and so is a host with a port.</summary>
    public static string Element(string peer, string host, string scheme)
    {
        string address = peer.Contains(':', StringComparison.Ordinal) ? $"\"[{peer}]\"" : peer;
        return host.AsSpan().ContainsAny('"', '\\')
            ? $"for={address};proto={scheme}"
            : $"for={address};host=\"{host}\";proto={scheme}";
    }

    public static void Write<TSink>(GatewayContext context, bool trusted, ref TSink sink)
        where TSink : struct, IHeaderSink, allows ref struct
    {
        ClientRequest request = context.Request;
        string peer = context.Request.PeerText;
        string host = request.Headers.Host.ToString();

        // RFC 9110 §7.6.3: the protocol in which the message was received, and a pseudonym.
        WriteVia(request, ref sink);
        AppendOr(trusted, request.Headers[For], peer, For, ref sink);
        sink.Add(Proto, trusted && !StringValues.IsNullOrEmpty(request.Headers[Proto]) ? request.Headers[Proto].ToString() : request.Scheme);
        sink.Add(Host, trusted && !StringValues.IsNullOrEmpty(request.Headers[Host]) ? request.Headers[Host].ToString() : host);
        WriteForwarded(trusted, context, host, ref sink);
    }

    private static void WriteVia<TSink>(ClientRequest request, ref TSink sink)
        where TSink : struct, IHeaderSink, allows ref struct
    {
        string own = request.IsHttp1 ? request.Protocol == "HTTP/1.0" ? "1.0 headgate" : "1.1 headgate" : "2 headgate";
        AppendOr(true, request.Headers.Via, own, "Via", ref sink);
    }

    private static void WriteForwarded<TSink>(bool trusted, GatewayContext context, string host, ref TSink sink)
        where TSink : struct, IHeaderSink, allows ref struct
    {
        StringValues sent = trusted ? context.Request.Headers["Forwarded"] : default;
        string element = context.Request.ForwardedElement(host);
        sink.Add("Forwarded", StringValues.IsNullOrEmpty(sent) ? element : $"{sent}, {element}");
    }

    private static void AppendOr<TSink>(bool append, StringValues sent, string own, string name, ref TSink sink)
        where TSink : struct, IHeaderSink, allows ref struct =>
        sink.Add(name, append && !StringValues.IsNullOrEmpty(sent) ? $"{sent}, {own}" : own);
}
