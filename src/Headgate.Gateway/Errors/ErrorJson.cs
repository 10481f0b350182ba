using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Headgate.Gateway.Errors;

/// <summary>What the dialects write alike.</summary>
internal static class ErrorJson
{
    // The body is JSON of its own media type with nosniff semantics, never inlined into HTML: readable escapes are safe.
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteErrors(Utf8JsonWriter json, string name, IReadOnlyList<FailureDetail> errors)
    {
        json.WriteStartArray(name);
        foreach (FailureDetail error in errors)
        {
            json.WriteStartObject();
            json.WriteString("pointer"u8, error.Pointer);
            json.WriteString("detail"u8, error.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteTimestamp(Utf8JsonWriter json, DateTimeOffset now) =>
        json.WriteString("timestamp"u8, now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
