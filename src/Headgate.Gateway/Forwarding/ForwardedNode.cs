using System.Net;

namespace Headgate.Gateway.Forwarding;

/// <summary>The addresses in <c>X-Forwarded-For</c> and <c>Forwarded</c> (RFC 7239). Stateless.</summary>
internal static class ForwardedNode
{
    private static readonly System.Buffers.SearchValues<char> s_digitsAndDots = System.Buffers.SearchValues.Create("0123456789.");

    /// <summary>
    /// Cuts the last element off a list. It is read from the right, where the nearest proxy wrote: what a client put at the left, a quotation mark that never
    /// ends for example, hides nothing.
    /// </summary>
    public static bool TakeLast(ref ReadOnlySpan<char> list, out ReadOnlySpan<char> element)
    {
        while (!list.IsEmpty)
        {
            int comma = LastComma(list);
            element = list[(comma + 1)..].Trim();
            list = comma < 0 ? default : list[..comma];

            // RFC 9110 §5.6.1.2: empty elements do not count.
            if (!element.IsEmpty)
                return true;
        }

        element = default;
        return false;
    }

    /// <summary>The value of <c>for</c> in an element of <c>Forwarded</c>; empty when there is none.</summary>
    public static ReadOnlySpan<char> ForOf(ReadOnlySpan<char> element)
    {
        foreach (Range range in element.Split(';'))
        {
            ReadOnlySpan<char> pair = element[range].Trim();

            // RFC 7239 §4: names are case-insensitive.
            if (pair.StartsWith("for=", StringComparison.OrdinalIgnoreCase))
                return pair[4..];
        }

        return default;
    }

    /// <summary>The address of a node, without its port; null for <c>unknown</c>, an obfuscated identifier (RFC 7239 §6) and anything else.</summary>
    public static IPAddress? Parse(ReadOnlySpan<char> node)
    {
        if (node is ['"', .. var quoted, '"'])
            node = quoted;
        if (node is ['[', ..])
        {
            int end = node.IndexOf(']');
            return end > 0 ? ParseIPv6(node[1..end]) : null;
        }

        int colon = node.IndexOf(':');
        if (colon >= 0 && node.LastIndexOf(':') != colon)
            return ParseIPv6(node);
        return ParseIPv4(colon < 0 ? node : node[..colon]);
    }

    private static int LastComma(ReadOnlySpan<char> list)
    {
        bool isQuoted = false;
        for (int i = list.Length - 1; i >= 0; i--)
        {
            if (list[i] == '"' && !(i > 0 && list[i - 1] == '\\'))
                isQuoted = !isQuoted;
            else if (list[i] == ',' && !isQuoted)
                return i;
        }

        return -1;
    }

    private static IPAddress? ParseIPv6(ReadOnlySpan<char> text) => text.Contains(':') && IPAddress.TryParse(text, out IPAddress? address) ? address : null;

    // Four decimal numbers: the platform also reads 127.1, 0x7f000001 and octal numbers, which a proxy does not write.
    private static IPAddress? ParseIPv4(ReadOnlySpan<char> text)
    {
        if (text.ContainsAnyExcept(s_digitsAndDots) || text.Count('.') != 3)
            return null;
        foreach (Range part in text.Split('.'))
        {
            if (text[part] is [] or ['0', _, ..])
                return null;
        }

        return IPAddress.TryParse(text, out IPAddress? address) ? address : null;
    }
}
