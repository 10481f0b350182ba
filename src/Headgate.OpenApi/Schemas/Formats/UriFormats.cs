using System.Buffers;

namespace Headgate.OpenApi.Schemas.Formats;

/// <summary>URIs and references (RFC 3986).</summary>
internal static class UriFormats
{
    private static readonly SearchValues<byte> s_scheme = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."u8);

    // RFC 3986 §2.2, §2.3 and the percent sign; brackets stand in an address alone, "#" only before the fragment.
    private static readonly SearchValues<byte> s_path = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@/%"u8);
    private static readonly SearchValues<byte> s_query = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@/%?"u8);
    private static readonly SearchValues<byte> s_registered = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=%"u8);
    private static readonly SearchValues<byte> s_user = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=%:"u8);

    public static bool IsUri(ReadOnlySpan<byte> text)
    {
        int colon = text.IndexOf((byte)':');
        return colon > 0 && IsScheme(text[..colon]) && IsAfterScheme(text[(colon + 1)..]);
    }

    public static bool IsUriReference(ReadOnlySpan<byte> text)
    {
        if (IsUri(text))
            return true;

        // RFC 3986 §4.2: a colon in the first segment would make a scheme of what stands before it.
        int end = text.IndexOfAny("/?#"u8);
        return !text[..(end < 0 ? text.Length : end)].Contains((byte)':') && IsAfterScheme(text);
    }

    private static bool IsScheme(ReadOnlySpan<byte> text) => char.IsAsciiLetter((char)text[0]) && !text.ContainsAnyExcept(s_scheme);

    private static bool IsAfterScheme(ReadOnlySpan<byte> text)
    {
        int fragment = text.IndexOf((byte)'#');
        if (fragment >= 0 && !IsMadeOf(text[(fragment + 1)..], s_query))
            return false;
        ReadOnlySpan<byte> rest = fragment < 0 ? text : text[..fragment];
        int query = rest.IndexOf((byte)'?');
        if (query >= 0 && !IsMadeOf(rest[(query + 1)..], s_query))
            return false;
        rest = query < 0 ? rest : rest[..query];
        if (!rest.StartsWith("//"u8))
            return IsMadeOf(rest, s_path);
        rest = rest[2..];
        int path = rest.IndexOf((byte)'/');
        return IsAuthority(path < 0 ? rest : rest[..path]) && (path < 0 || IsMadeOf(rest[path..], s_path));
    }

    private static bool IsAuthority(ReadOnlySpan<byte> text)
    {
        int user = text.IndexOf((byte)'@');
        if (user >= 0 && !IsMadeOf(text[..user], s_user))
            return false;
        ReadOnlySpan<byte> host = text[(user + 1)..];
        if (host.StartsWith("["u8))
        {
            int end = host.IndexOf((byte)']');
            return end > 0 && IsAddress(host[1..end]) && (end == host.Length - 1 || (host[end + 1] == ':' && IsPort(host[(end + 2)..])));
        }

        int port = host.LastIndexOf((byte)':');
        return (port < 0 || IsPort(host[(port + 1)..])) && IsMadeOf(port < 0 ? host : host[..port], s_registered);
    }

    // RFC 3986 §3.2.2: an IPv6 address, or an address of a future version.
    private static bool IsAddress(ReadOnlySpan<byte> text) =>
        NetworkFormats.IsIPv6(text) || (text.Length > 3 && (text[0] | 0x20) == 'v' && text.IndexOf((byte)'.') > 1 && IsMadeOf(text, s_user));

    private static bool IsPort(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool IsMadeOf(ReadOnlySpan<byte> text, SearchValues<byte> characters)
    {
        if (text.ContainsAnyExcept(characters))
            return false;

        // RFC 3986 §2.1: a percent sign begins an encoded octet.
        for (int percent = text.IndexOf((byte)'%'); percent >= 0; percent = text.IndexOf((byte)'%'))
        {
            if (percent + 2 >= text.Length || !char.IsAsciiHexDigit((char)text[percent + 1]) || !char.IsAsciiHexDigit((char)text[percent + 2]))
                return false;
            text = text[(percent + 3)..];
        }

        return true;
    }
}
