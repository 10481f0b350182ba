using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Headgate.Integration.Events.Log;

namespace Headgate.Integration.Events.Ingest;

/// <summary>
/// Writes events of the log in the JSON format of CloudEvents 1.0.2. <c>id</c> is the log's; the producer's stands in <c>producerid</c>, the place in the log in
/// <c>offset</c> (a string: integers of CloudEvents have 32 bits). Stateless, thread-safe.
/// </summary>
public static class CloudEventJson
{
    /// <summary>Writes one event as a value.</summary>
    public static void Write(Utf8JsonWriter json, StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(stored);
        NewEvent told = stored.Event;
        json.WriteStartObject();
        json.WriteString("specversion"u8, "1.0"u8);
        json.WriteString("id"u8, stored.Id);
        json.WriteString("source"u8, told.Source);
        json.WriteString("type"u8, told.Type);
        WriteOptional(json, "subject", told.Subject);
        WriteOptional(json, "time", told.Time);
        WriteOptional(json, "datacontenttype", told.DataContentType);
        WriteOptional(json, "dataschema", told.DataSchema);
        json.WriteString("offset"u8, stored.Offset.ToString(CultureInfo.InvariantCulture));
        WriteOptional(json, "producerid", told.ProducerId);
        WriteOptional(json, "tenantid", told.Tenant);
        json.WriteString("aggregatetype"u8, told.AggregateType);
        json.WriteString("partitionkey"u8, told.AggregateId);
        WriteOptional(json, "correlationid", told.CorrelationId);
        WriteOptional(json, "causationid", told.CausationId);
        WriteExtensions(json, told.Extensions);
        WriteData(json, told);
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static void WriteExtensions(Utf8JsonWriter json, string? extensions)
    {
        if (extensions is null)
            return;
        using JsonDocument document = JsonDocument.Parse(extensions);
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
            property.WriteTo(json);
    }

    // JSON format §3.1.1: what is not JSON, nor text, goes in Base64. Whoever appends within Headgate may name any type.
    private static void WriteData(Utf8JsonWriter json, NewEvent told)
    {
        if (told.Payload.Length == 0)
            return;
        if (told.DataContentType is { } mediaType && EventMedia.IsJson(mediaType) && JsonMembers.IsJson(told.Payload))
        {
            json.WritePropertyName("data"u8);
            json.WriteRawValue(told.Payload, skipInputValidation: true);
        }
        else if (told.DataContentType is { } other && !EventMedia.IsJson(other) && EventMedia.Essence(other).StartsWith("text/", StringComparison.Ordinal) && Utf8.IsValid(told.Payload))
        {
            json.WriteString("data"u8, told.Payload);
        }
        else
        {
            json.WriteBase64String("data_base64"u8, told.Payload);
        }
    }
}
