using System.Text.Json;

namespace Headgate.Gateway.Json;

/// <summary>Compares names of members with known ones, however they are escaped. Stateless.</summary>
internal static class JsonNames
{
    /// <summary>Whether a name is a known one.</summary>
    /// <param name="quoted">As it is written, with its quotes, and well-formed; empty for none.</param>
    /// <param name="known">The known one, unescaped.</param>
    public static bool AreEqual(ReadOnlySpan<byte> quoted, ReadOnlySpan<byte> known)
    {
        if (quoted.IsEmpty)
            return false;
        ReadOnlySpan<byte> text = quoted[1..^1];
        if (!text.Contains((byte)'\\'))
            return text.SequenceEqual(known);
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        try
        {
            return reader.ValueTextEquals(known);
        }
        catch (InvalidOperationException)
        {
            // RFC 8259 §8.2: half of a surrogate pair may stand in a name; it is no text, and so none that is known.
            return false;
        }
    }
}
