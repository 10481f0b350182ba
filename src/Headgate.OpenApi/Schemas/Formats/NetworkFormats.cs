using System.Buffers;

namespace Headgate.OpenApi.Schemas.Formats;

/// <summary>Host names and addresses.</summary>
internal static class NetworkFormats
{
    private const int MostHostBytes = 253;
    private const int MostLabelBytes = 63;

    private static readonly SearchValues<byte> s_label = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"u8);
    private static readonly SearchValues<byte> s_hex = SearchValues.Create("0123456789abcdefABCDEF"u8);

    // RFC 1123 §2.1, RFC 1034 §3.1: labels of letters, digits and inner hyphens.
    public static bool IsHostname(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > MostHostBytes)
            return false;
        foreach (Range range in text.Split((byte)'.'))
        {
            ReadOnlySpan<byte> label = text[range];
            if (label.Length is 0 or > MostLabelBytes || label.ContainsAnyExcept(s_label) || label[0] == '-' || label[^1] == '-')
                return false;
        }

        return true;
    }

    // RFC 2673 §3.2: four decimal octets; leading zeros, which some read as octal, are no part of it.
    public static bool IsIPv4(ReadOnlySpan<byte> text)
    {
        int octets = 0;
        foreach (Range range in text.Split((byte)'.'))
        {
            if (++octets > 4 || !IsOctet(text[range]))
                return false;
        }

        return octets == 4;
    }

    // RFC 4291 §2.2: eight groups, of which one run may be left out, and the last two may be an IPv4 address.
    public static bool IsIPv6(ReadOnlySpan<byte> text)
    {
        int gap = text.IndexOf("::"u8);
        if (gap < 0)
            return Groups(text, mayEndInIPv4: true) == 8;
        int before = gap == 0 ? 0 : Groups(text[..gap], mayEndInIPv4: false);
        ReadOnlySpan<byte> rest = text[(gap + 2)..];
        int after = rest.IsEmpty ? 0 : Groups(rest, mayEndInIPv4: true);
        return before >= 0 && after >= 0 && before + after < 8;
    }

    private static int Groups(ReadOnlySpan<byte> text, bool mayEndInIPv4)
    {
        int groups = 0;
        while (true)
        {
            int colon = text.IndexOf((byte)':');
            ReadOnlySpan<byte> group = colon < 0 ? text : text[..colon];
            if (colon < 0 && mayEndInIPv4 && group.Contains((byte)'.'))
                return IsIPv4(group) ? groups + 2 : -1;
            if (group.Length is 0 or > 4 || group.ContainsAnyExcept(s_hex))
                return -1;
            groups++;
            if (colon < 0)
                return groups;
            text = text[(colon + 1)..];
        }
    }

    private static bool IsOctet(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > 3 || (text.Length > 1 && text[0] == '0') || text.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        int value = 0;
        foreach (byte digit in text)
            value = (value * 10) + (digit - '0');
        return value <= 255;
    }
}
