using System.Buffers;
using System.Buffers.Text;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>
/// Base64url as RFC 7515 §2 has it: no padding, no white space, no bits left over. The framework's decoder takes the first two.
/// </summary>
internal static class Base64UrlText
{
    private static readonly SearchValues<byte> s_alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <summary>Decodes a whole text.</summary>
    /// <param name="text">The text in ASCII.</param>
    /// <param name="output">Room for three bytes for each four of the text.</param>
    /// <param name="length">How many bytes were written.</param>
    /// <returns>Whether the text is strict base64url.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> output, out int length)
    {
        length = 0;
        return !text.ContainsAnyExcept(s_alphabet)
            && Base64Url.DecodeFromUtf8(text, output, out int consumed, out length) == OperationStatus.Done
            && consumed == text.Length;
    }

    /// <summary>Decodes a member of a key; null when it is missing or not strict base64url.</summary>
    public static byte[]? Decode(string? text)
    {
        if (text is null)
            return null;
        byte[] ascii = System.Text.Encoding.UTF8.GetBytes(text);
        byte[] decoded = new byte[ascii.Length];
        return TryDecode(ascii, decoded, out int length) ? decoded[..length] : null;
    }
}
