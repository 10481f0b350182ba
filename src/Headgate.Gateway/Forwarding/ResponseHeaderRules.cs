namespace Headgate.Gateway.Forwarding;

/// <summary>Which header fields of an upstream's response a client sees. Used by both transports.</summary>
internal static class ResponseHeaderRules
{
    /// <summary>
    /// Whether the field is for this connection only and is not passed on (RFC 9110 §7.6.1). Fields that <c>Connection</c> names are the
    /// transport's to drop as well. <c>Content-Length</c> is passed on by the transport after it has checked it.
    /// </summary>
    public static bool IsHopByHop(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => Is(name, "TE"u8),
        7 => Is(name, "Upgrade"u8) || Is(name, "Trailer"u8),
        10 => Is(name, "Connection"u8) || Is(name, "Keep-Alive"u8),
        16 => Is(name, "Proxy-Connection"u8),
        17 => Is(name, "Transfer-Encoding"u8),
        18 => Is(name, "Proxy-Authenticate"u8),
        19 => Is(name, "Proxy-Authorization"u8),
        _ => false,
    };

    /// <summary>The same for a name as a string.</summary>
    public static bool IsHopByHop(string name)
    {
        const int longest = 20;
        Span<byte> bytes = stackalloc byte[longest];
        return name.Length <= longest && IsHopByHop(bytes[..System.Text.Encoding.ASCII.GetBytes(name, bytes)]);
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> known) => System.Text.Ascii.EqualsIgnoreCase(name, known);
}
