using System.Collections.Frozen;

namespace Headgate.Gateway.Forwarding;

/// <summary>Which trailer fields are passed on, in either direction. Used by both transports.</summary>
internal static class TrailerRules
{
    // RFC 9110 §6.5.1: fields for framing, routing, authentication, request modifiers, response control and content format have no place in trailers.
    private static readonly FrozenSet<string> Dropped = new[]
    {
        "Transfer-Encoding", "Content-Length", "Connection", "Keep-Alive", "Proxy-Connection", "Upgrade", "TE", "Trailer", "Host",
        "Authorization", "Proxy-Authorization", "Proxy-Authenticate", "WWW-Authenticate", "Cookie", "Set-Cookie", "Cache-Control",
        "Expect", "Max-Forwards", "Range", "Content-Encoding", "Content-Type", "Content-Range", "X-User-ID", "X-Tenant-ID",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsPassedOn(string name) => !Dropped.Contains(name);
}
