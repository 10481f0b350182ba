using System.Text.Json;
using System.Text.Unicode;

namespace Headgate.Integration.Events.Ingest;

/// <summary>What both JSON forms of events read alike. Stateless, thread-safe.</summary>
internal static class JsonMembers
{
    /// <summary>Arrays and objects inside each other.</summary>
    public const int MostDepth = 64;

    public static readonly JsonReaderOptions Options = new() { MaxDepth = MostDepth };

    /// <summary>Whether bytes are one JSON value, in UTF-8: of that the reader looks only at what it gives as text.</summary>
    public static bool IsJson(ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes))
            return false;
        var reader = new Utf8JsonReader(bytes, Options);
        try
        {
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The text of a string or of a member's name; null when it is none that can be told: half a surrogate pair, or bytes that are not UTF-8.</summary>
    public static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether a member has that name. One that is no text (half a surrogate pair) has none.</summary>
    public static bool IsNamed(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        try
        {
            return reader.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Passes a value and gives its bytes as they came.</summary>
    public static ReadOnlySpan<byte> Take(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return body[start..(int)reader.BytesConsumed];
    }

    /// <summary>Reads the value of an attribute: a string, a 32-bit number or a boolean (CloudEvents JSON format 1.0.2 §2.2). <c>null</c> is as if it were not there.</summary>
    public static void ReadAttribute(ref Utf8JsonReader reader, EventDraft draft, string name)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String when TextOf(ref reader) is { } text:
                draft.Add(name, text);
                break;
            case JsonTokenType.Number when reader.TryGetInt32(out int number):
                draft.Add(name, number.ToString(System.Globalization.CultureInfo.InvariantCulture), isJson: true);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                draft.Add(name, reader.TokenType == JsonTokenType.True ? "true" : "false", isJson: true);
                break;
            case JsonTokenType.Null:
                break;
            default:
                reader.Skip();
                draft.Report(name, "must be a string, a 32-bit whole number, true or false.");
                break;
        }
    }

    /// <summary>A name as a step of a JSON Pointer (RFC 6901 §3).</summary>
    public static string Step(string name) => "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
