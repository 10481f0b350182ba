using System.Buffers.Text;
using System.Text;
using Headgate.OpenApi.Schemas.Patterns;

namespace Headgate.OpenApi.Schemas.Formats;

/// <summary>Formats of text that stand alone.</summary>
internal static class TextFormats
{
    private const int UuidLength = 36;

    // RFC 9562 §4: hexadecimal digits and hyphens in their places; any version.
    public static bool IsUuid(ReadOnlySpan<byte> text)
    {
        if (text.Length != UuidLength)
            return false;
        for (int i = 0; i < UuidLength; i++)
        {
            bool isHyphen = i is 8 or 13 or 18 or 23;
            if (isHyphen ? text[i] != '-' : !char.IsAsciiHexDigit((char)text[i]))
                return false;
        }

        return true;
    }

    // RFC 6901 §3.
    public static bool IsJsonPointer(ReadOnlySpan<byte> text)
    {
        if (text.Length > 0 && text[0] != '/')
            return false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '~' && (i + 1 == text.Length || text[i + 1] is not ((byte)'0' or (byte)'1')))
                return false;
        }

        return true;
    }

    // RFC 4648 §4; white space, which .NET lets through, is no part of it (§3.3).
    public static bool IsBase64(ReadOnlySpan<byte> text) => text.Length % 4 == 0 && !text.ContainsAny(" \t\r\n"u8) && Base64.IsValid(text);

    public static bool IsRegex(ReadOnlySpan<byte> text) => EcmaPattern.TryTranslate(Encoding.UTF8.GetString(text), out _, out _, out _);
}
