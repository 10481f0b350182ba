using System.Globalization;
using System.Text;

namespace Headgate.Gateway.Routing;

/// <summary>
/// RFC 3986 §6.2.2 normalisation of a path: percent-encoding in upper case, encoded unreserved characters decoded, dot segments removed.
/// Reserved characters stay encoded (<c>%2F</c> never becomes a slash); what may not stand in a path is encoded.
/// </summary>
internal static class PathNormaliser
{
    private const string NulReason = "it contains a NUL";

    /// <summary>
    /// Normalises a path. It fails for malformed or NUL percent-encoding, for dot segments that climb above the root, and for those that only
    /// another reader would see: behind an encoded slash or backslash, or with parameters (<c>..;</c>).
    /// </summary>
    public static bool TryNormalise(ReadOnlySpan<char> raw, out string path, out string? reason)
    {
        path = "/";
        if (!TryNormaliseText(raw, out string text, out reason))
            return false;
        if (!TryRemoveDotSegments(text.Length == 0 ? "/" : text, out path))
            reason = "its dot segments climb above the root";
        else if (HidesDotSegments(path))
            reason = "it hides dot segments behind an encoded slash or a parameter";
        return reason is null;
    }

    /// <summary>Normalises a part of a path, in which dots mean nothing yet.</summary>
    public static bool TryNormaliseText(ReadOnlySpan<char> raw, out string normal, out string? reason)
    {
        var text = new StringBuilder(raw.Length + 8);
        (normal, reason) = ("", null);
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '\0')
            {
                reason = NulReason;
                return false;
            }

            if (raw[i] != '%')
            {
                i += AppendLiteral(text, raw[i..]) - 1;
                continue;
            }

            if (!TryAppendEncoded(text, raw[i..], out reason))
                return false;
            i += 2;
        }

        normal = text.ToString();
        return true;
    }

    private static bool TryAppendEncoded(StringBuilder text, ReadOnlySpan<char> from, out string? reason)
    {
        reason = null;
        if (from.Length < 3 || !char.IsAsciiHexDigit(from[1]) || !char.IsAsciiHexDigit(from[2]))
        {
            reason = "a percent sign is not followed by two hexadecimal digits";
            return false;
        }

        int value = int.Parse(from.Slice(1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (value == 0)
        {
            reason = NulReason;
            return false;
        }

        if (IsUnreserved((char)value))
            text.Append((char)value);
        else
            AppendByte(text, (byte)value);
        return true;
    }

    private static int AppendLiteral(StringBuilder text, ReadOnlySpan<char> from)
    {
        if (from[0] == '/' || IsUnreserved(from[0]) || "!$&'()*+,;=:@".Contains(from[0], StringComparison.Ordinal))
        {
            text.Append(from[0]);
            return 1;
        }

        Rune.DecodeFromUtf16(from, out Rune rune, out int consumed);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (byte b in utf8[..rune.EncodeToUtf8(utf8)])
            AppendByte(text, b);
        return consumed;
    }

    // RFC 3986 §5.2.4, on whole segments; climbing above the root is refused instead of clamped.
    private static bool TryRemoveDotSegments(string text, out string path)
    {
        path = text;
        if (!path.Contains("/.", StringComparison.Ordinal))
            return true;

        var kept = new List<string>();
        string[] segments = path.Split('/');
        for (int i = 1; i < segments.Length; i++)
        {
            bool last = i == segments.Length - 1;
            switch (segments[i])
            {
                case ".." when kept.Count == 0:
                    return false;
                case "..":
                    kept.RemoveAt(kept.Count - 1);
                    break;
                case ".":
                    break;
                default:
                    kept.Add(segments[i]);
                    continue;
            }

            if (last)
                kept.Add("");
        }

        path = "/" + string.Join('/', kept);
        return true;
    }

    // What servers behind the gateway may read as a segment's end: %2F and %5C once decoded, and ";" with what follows (RFC 3986 §3.3) once dropped.
    private static bool HidesDotSegments(string path)
    {
        const int inParameters = -1;
        int start = 0;
        for (int i = 0; i <= path.Length; i++)
        {
            bool encoded = path.AsSpan(i).StartsWith("%2F") || path.AsSpan(i).StartsWith("%5C");
            bool ends = encoded || i == path.Length || path[i] == '/';
            if (!ends && path[i] != ';')
                continue;
            if (start != inParameters && path.AsSpan(start, i - start) is "." or "..")
                return true;
            start = !ends ? inParameters : encoded ? i + 3 : i + 1;
        }

        return false;
    }

    private static void AppendByte(StringBuilder text, byte value) =>
        text.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));

    private static bool IsUnreserved(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~';
}
