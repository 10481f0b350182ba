using System.Text;
using System.Text.Unicode;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>Percent-decoding (RFC 3986 §2.1) of what was written as UTF-8.</summary>
internal static class PercentText
{
    /// <summary>The most bytes that a text can become.</summary>
    public static int MostBytes(int characters) => characters * 3;

    /// <summary>Decodes; -1 where the encoding is broken or what it encodes is not UTF-8.</summary>
    /// <param name="text">The text as sent.</param>
    /// <param name="encoding">What is decoded.</param>
    /// <param name="to">Room for <see cref="MostBytes"/>.</param>
    /// <returns>The bytes that were written, or -1.</returns>
    public static int Decode(ReadOnlySpan<char> text, TextEncoding encoding, Span<byte> to)
    {
        if (encoding == TextEncoding.None || text.IndexOfAny('%', '+') < 0)
            return IsWellFormed(text) ? Encoding.UTF8.GetBytes(text, to) : -1;
        int written = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char character = text[i];
            if (character == '%')
            {
                if (i + 2 >= text.Length || Digit(text[i + 1]) is not (>= 0 and var high) || Digit(text[i + 2]) is not (>= 0 and var low))
                    return -1;
                to[written++] = (byte)((high << 4) | low);
                i += 2;
            }
            else if (character < 128)
            {
                to[written++] = character == '+' && encoding == TextEncoding.Form ? (byte)' ' : (byte)character;
            }
            else
            {
                if (Rune.DecodeFromUtf16(text[i..], out Rune rune, out int length) != System.Buffers.OperationStatus.Done)
                    return -1;
                written += rune.EncodeToUtf8(to[written..]);
                i += length - 1;
            }
        }

        return Utf8.IsValid(to[..written]) ? written : -1;
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text) => Ascii.IsValid(text) || !text.ContainsAnyInRange('\uD800', '\uDFFF');

    private static int Digit(char character) => character switch
    {
        >= '0' and <= '9' => character - '0',
        >= 'a' and <= 'f' => character - 'a' + 10,
        >= 'A' and <= 'F' => character - 'A' + 10,
        _ => -1,
    };
}
