using System.Buffers;

namespace Headgate.OpenApi.Schemas.Formats;

/// <summary>Mailboxes of RFC 5321 §4.1.2: a dot-string or a quoted string, and a host name or an address literal.</summary>
internal static class EmailFormat
{
    // RFC 5321 §4.5.3.1.
    private const int MostLocalBytes = 64;
    private const int MostBytes = 254;

    // RFC 5322 §3.2.3: atext.
    private static readonly SearchValues<byte> s_atom = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~"u8);

    public static bool IsEmail(ReadOnlySpan<byte> text)
    {
        int at = text.LastIndexOf((byte)'@');
        return at is > 0 and <= MostLocalBytes && text.Length <= MostBytes && IsLocal(text[..at]) && IsDomain(text[(at + 1)..]);
    }

    private static bool IsLocal(ReadOnlySpan<byte> text)
    {
        if (text.Length > 2 && text[0] == '"' && text[^1] == '"')
            return IsQuoted(text[1..^1]);
        foreach (Range part in text.Split((byte)'.'))
        {
            if (text[part].IsEmpty || text[part].ContainsAnyExcept(s_atom))
                return false;
        }

        return true;
    }

    private static bool IsQuoted(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is < 32 or > 126 or (byte)'"' || (text[i] == '\\' && ++i == text.Length))
                return false;
        }

        return true;
    }

    private static bool IsDomain(ReadOnlySpan<byte> text)
    {
        if (text.Length < 3 || text[0] != '[' || text[^1] != ']')
            return NetworkFormats.IsHostname(text);
        ReadOnlySpan<byte> literal = text[1..^1];
        return literal.StartsWith("IPv6:"u8) ? NetworkFormats.IsIPv6(literal[5..]) : NetworkFormats.IsIPv4(literal);
    }
}
