using System.Collections.Frozen;
using System.Text;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>The strings of the common response field names, so that a name on the wire costs no allocation.</summary>
internal static class KnownHeaderNames
{
    private static readonly string[] Names =
    [
        "Accept-Ranges", "Access-Control-Allow-Credentials", "Access-Control-Allow-Headers", "Access-Control-Allow-Methods",
        "Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Access-Control-Max-Age", "Age", "Allow", "Alt-Svc",
        "Cache-Control", "Connection", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Length",
        "Content-Location", "Content-Range", "Content-Security-Policy", "Content-Type", "Date", "ETag", "Expires", "Keep-Alive",
        "Last-Modified", "Link", "Location", "Pragma", "Proxy-Authenticate", "Referrer-Policy", "Retry-After", "Server",
        "Set-Cookie", "Strict-Transport-Security", "Trailer", "Transfer-Encoding", "Upgrade", "Vary", "Via", "WWW-Authenticate",
        "X-Content-Type-Options", "X-Correlation-ID", "X-Frame-Options", "X-Powered-By", "X-Request-ID", "X-XSS-Protection",
    ];

    private static readonly FrozenDictionary<string, string> Table = Names.ToFrozenDictionary(static name => name, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Table.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The name as a string. <paramref name="name"/> is ASCII.</summary>
    public static string Get(ReadOnlySpan<byte> name)
    {
        const int longest = 64;
        if (name.Length > longest)
            return Encoding.ASCII.GetString(name);
        Span<char> chars = stackalloc char[longest];
        chars = chars[..Encoding.ASCII.GetChars(name, chars)];
        return Lookup.TryGetValue(chars, out string? known) ? known : new string(chars);
    }
}
