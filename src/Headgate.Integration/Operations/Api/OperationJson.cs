using System.Globalization;
using System.Text.Json;

namespace Headgate.Integration.Operations.Api;

/// <summary>Operations as clients see them. Stateless, thread-safe.</summary>
internal static class OperationJson
{
    // Answers of services are kept with up to 256 levels, and a saga may have one within an answer of its own.
    private static readonly JsonReaderOptions s_deep = new() { MaxDepth = 512 };

    /// <summary>Writes one as an object.</summary>
    public static void Write(Utf8JsonWriter json, OperationRecord record)
    {
        json.WriteStartObject();
        json.WriteString("operation_id"u8, record.Id);
        json.WriteString("status"u8, record.State.ToName());
        json.WriteString("message"u8, record.Message);
        json.WriteNumber("progress"u8, record.Progress);
        if (record.EstimatedCompletion is { } estimated)
            WriteTime(json, "estimated_completion"u8, estimated);
        else
            json.WriteNull("estimated_completion"u8);
        json.WriteString("current_stage"u8, record.Stage);
        json.WriteString("kind"u8, record.Kind);
        json.WriteString("name"u8, record.Name);
        json.WriteBoolean("needs_attention"u8, record.Attention is not null);
        WriteText(json, "reason"u8, record.Attention);
        WriteText(json, "resolution"u8, record.Resolution);
        WriteTime(json, "created_at"u8, record.CreatedAt);
        WriteTime(json, "updated_at"u8, record.UpdatedAt);
        WriteTime(json, "ended_at"u8, record.EndedAt);
        WriteTime(json, "deadline"u8, record.Deadline);
        WriteTime(json, "cancel_requested_at"u8, record.CancelRequested);
        WriteText(json, "correlation_id"u8, record.CorrelationId);
        WriteOutcome(json, record);
        json.WriteEndObject();
    }

    /// <summary>Writes a time as every answer has it: RFC 3339 in UTC.</summary>
    public static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        if (time is { } known)
            json.WriteString(name, known.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture));
    }

    private static void WriteOutcome(Utf8JsonWriter json, OperationRecord record)
    {
        if (record.Error is { } error)
        {
            json.WriteStartObject("error"u8);
            json.WriteString("code"u8, error.Code);
            json.WriteString("message"u8, error.Detail);
            json.WriteEndObject();
        }

        if (record.Result is not { } result)
            return;
        json.WriteStartObject("result"u8);
        json.WriteNumber("status"u8, result.Status);
        WriteText(json, "content_type"u8, result.MediaType);
        if (IsJson(result.MediaType) && Parses(result.Body))
        {
            json.WritePropertyName("body"u8);
            json.WriteRawValue(result.Body, skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    private static bool IsJson(string? mediaType)
    {
        ReadOnlySpan<char> type = mediaType.AsSpan();
        type = (type.IndexOf(';') is >= 0 and int end ? type[..end] : type).Trim();
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    // It came from a service, which may call anything JSON.
    private static bool Parses(byte[] body)
    {
        var reader = new Utf8JsonReader(body, s_deep);
        try
        {
            while (reader.Read())
            {
                // To its end.
            }

            return body.Length > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }
}
