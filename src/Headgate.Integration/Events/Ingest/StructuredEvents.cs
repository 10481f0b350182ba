using System.Text;
using System.Text.Json;

namespace Headgate.Integration.Events.Ingest;

/// <summary>Reads an event in the JSON format of CloudEvents 1.0.2. Stateless, thread-safe.</summary>
internal static class StructuredEvents
{
    /// <summary>Reads one.</summary>
    /// <param name="reader">At the event's value; afterwards at its end.</param>
    /// <param name="body">What the reader reads.</param>
    /// <param name="place">The JSON Pointer of the event.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static EventDraft Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string place)
    {
        var draft = new EventDraft(name => name.Length == 0 ? place : place + JsonMembers.Step(name));
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return Refused(place, "must be an object.");
        }

        ReadOnlySpan<byte> data = default;
        bool hasData = false;
        bool hasBytes = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string? name = JsonMembers.TextOf(ref reader);
            reader.Read();
            switch (name)
            {
                case null:
                    reader.Skip();
                    draft.Report("", "is a name that is not Unicode.");
                    break;
                case "data" when !hasData:
                    hasData = true;
                    data = JsonMembers.Take(ref reader, body);
                    break;
                case "data_base64" when !hasBytes:
                    hasBytes = true;
                    ReadBytes(ref reader, draft);
                    break;
                case "data" or "data_base64":
                    reader.Skip();
                    draft.Report(name, "stands there more than once.");
                    break;
                default:
                    JsonMembers.ReadAttribute(ref reader, draft, name);
                    break;
            }
        }

        // JSON format §3.1: one or the other.
        if (hasData && hasBytes)
            draft.Report("data_base64", "stands beside data.");
        else if (hasData)
            SetData(draft, data);
        return draft;
    }

    /// <summary>A draft of which nothing can be made.</summary>
    public static EventDraft Refused(string place, string detail)
    {
        var draft = new EventDraft(_ => place);
        draft.Report("", detail);
        return draft;
    }

    private static void ReadBytes(ref Utf8JsonReader reader, EventDraft draft)
    {
        if (reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out byte[]? bytes))
        {
            draft.Data = bytes;
            return;
        }

        reader.Skip();
        draft.Report("data_base64", "must be a string of Base64.");
    }

    // JSON format §3.1.1: without a content type the data are JSON; with one that is not JSON, a string is the data themselves.
    private static void SetData(EventDraft draft, ReadOnlySpan<byte> data)
    {
        if (draft["datacontenttype"] is not { } mediaType)
            draft.Add("datacontenttype", EventMedia.Json);
        else if (!EventMedia.IsJson(mediaType) && data[0] == '"')
        {
            var reader = new Utf8JsonReader(data);
            reader.Read();
            if (JsonMembers.TextOf(ref reader) is { } text)
                draft.Data = Encoding.UTF8.GetBytes(text);
            else
                draft.Report("data", "is text that is not Unicode.");
            return;
        }

        draft.Data = data.ToArray();
    }
}
