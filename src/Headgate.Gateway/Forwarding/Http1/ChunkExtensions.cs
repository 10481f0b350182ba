namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// Checks chunk extensions, which are never passed on (RFC 9112 §7.1.1: a recipient ignores those that it does not know).
/// <c>chunk-ext = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS ( token / quoted-string ) ] )</c>.
/// </summary>
internal static class ChunkExtensions
{
    public static bool AreValid(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            text = text.TrimStart(" \t"u8);
            if (text.IsEmpty || text[0] != ';')
                return false;
            text = text[1..].TrimStart(" \t"u8);
            if (!SkipToken(ref text))
                return false;
            ReadOnlySpan<byte> next = text.TrimStart(" \t"u8);
            if (next.IsEmpty || next[0] != '=')
                continue;
            text = next[1..].TrimStart(" \t"u8);
            if (!SkipToken(ref text) && !SkipQuotedString(ref text))
                return false;
        }

        return true;
    }

    private static bool SkipToken(ref ReadOnlySpan<byte> text)
    {
        int length = 0;
        while (length < text.Length && HttpText.IsToken(text.Slice(length, 1)))
            length++;
        text = text[length..];
        return length > 0;
    }

    // RFC 9110 §5.6.4.
    private static bool SkipQuotedString(ref ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] != '"')
            return false;
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                text = text[(i + 1)..];
                return true;
            }

            if (text[i] == '\\')
                i++;
            if (i < text.Length && !HttpText.IsFieldValue(text.Slice(i, 1)))
                return false;
        }

        return false;
    }
}
