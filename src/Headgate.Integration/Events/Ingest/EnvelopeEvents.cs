using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Headgate.Integration.Events.Ingest;

/// <summary>
/// Reads the envelope <c>eventId, eventType, source, timestamp, correlationId, causationId, data, metadata</c>. Its members are attributes of CloudEvents by other names;
/// <c>metadata</c> becomes one attribute that holds its JSON, and <c>data.aggregateId</c> is what the event speaks of. Stateless, thread-safe.
/// </summary>
internal static class EnvelopeEvents
{
    private static readonly Dictionary<string, string> s_attributes = new(StringComparer.Ordinal)
    {
        ["eventId"] = "id", ["eventType"] = "type", ["source"] = "source", ["timestamp"] = "time", ["correlationId"] = "correlationid", ["causationId"] = "causationid",
    };

    private static readonly Dictionary<string, string> s_members = s_attributes.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    private static readonly JsonWriterOptions s_asItStands = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads one.</summary>
    /// <param name="reader">At the envelope's value; afterwards at its end.</param>
    /// <param name="body">What the reader reads.</param>
    /// <returns>The event, and the id of what it speaks of where the data say it.</returns>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static (EventDraft Draft, string? AggregateId) Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        var draft = new EventDraft(name => name.Length == 0 ? "" : JsonMembers.Step(s_members.GetValueOrDefault(name, name)));
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return (StructuredEvents.Refused("", "must be an object."), null);
        }

        bool hasData = false;
        string? aggregateId = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = JsonMembers.TextOf(ref reader) ?? "";
            reader.Read();
            if (name == "data" && !hasData)
            {
                hasData = true;
                ReadOnlySpan<byte> data = JsonMembers.Take(ref reader, body);
                draft.Data = data.ToArray();
                aggregateId = AggregateOf(data);
            }
            else if (name == "metadata")
            {
                ReadMetadata(ref reader, body, draft);
            }
            else if (!s_attributes.TryGetValue(name, out string? attribute))
            {
                reader.Skip();
                draft.Report(name, "is no member of an event; what belongs to it stands in data or metadata. (A CloudEvent in JSON has the Content-Type application/cloudevents+json.)");
            }
            else if (reader.TokenType is JsonTokenType.String or JsonTokenType.Null)
            {
                JsonMembers.ReadAttribute(ref reader, draft, attribute);
            }
            else
            {
                reader.Skip();
                draft.Report(attribute, "must be a string.");
            }
        }

        draft.Add("specversion", "1.0");
        draft.Add("datacontenttype", EventMedia.Json);
        if (!hasData)
            draft.Report("data", "is missing.");
        if (draft["time"] is null && !draft.IsReported("time"))
            draft.Report("time", "is missing.");
        return (draft, aggregateId);
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, EventDraft draft)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return;
        bool isObject = reader.TokenType == JsonTokenType.StartObject;
        ReadOnlySpan<byte> metadata = JsonMembers.Take(ref reader, body);
        if (isObject && TextOf(metadata) is { } text)
            draft.Add("metadata", text);
        else
            draft.Report("metadata", "must be an object of strings.");
    }

    // Without the line breaks that may stand between its members: no attribute has any. Null when it is no object of strings.
    private static string? TextOf(ReadOnlySpan<byte> metadata)
    {
        var reader = new Utf8JsonReader(metadata);
        reader.Read();
        var bytes = new ArrayBufferWriter<byte>(metadata.Length);
        using var json = new Utf8JsonWriter(bytes, s_asItStands);
        json.WriteStartObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string? name = JsonMembers.TextOf(ref reader);
            reader.Read();
            if (name is null || reader.TokenType != JsonTokenType.String || JsonMembers.TextOf(ref reader) is not { } value)
                return null;
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static string? AggregateOf(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data, JsonMembers.Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isIt = JsonMembers.IsNamed(ref reader, "aggregateId"u8);
            reader.Read();
            if (isIt)
                return reader.TokenType == JsonTokenType.String && JsonMembers.TextOf(ref reader) is { Length: > 0 } text ? text : null;
            reader.Skip();
        }

        return null;
    }
}
