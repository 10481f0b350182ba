using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Pipeline;

namespace Headgate.Integration.Operations.Api;

/// <summary>Writes answers about operations: as they are, or in the envelope where that is the dialect of the API. Thread-safe.</summary>
internal static class OperationAnswer
{
    private const string EnvelopeDialect = "envelope";

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>When to ask again.</summary>
    public static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    /// <summary>Answers with one operation.</summary>
    public static void Write(GatewayContext context, int status, OperationRecord record)
    {
        if (!record.HasEnded)
            context.Response.Headers.RetryAfter = ((int)AskAgainAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        Write(context, status, json => OperationJson.Write(json, record), next: null);
    }

    /// <summary>Answers with a list.</summary>
    /// <param name="context">The request.</param>
    /// <param name="member">The name of the list, where the answer is bare.</param>
    /// <param name="write">Writes the list.</param>
    /// <param name="next">Writes what tells where it goes on, as members: of the answer, or of <c>pagination</c> in the envelope.</param>
    public static void WriteList(GatewayContext context, string member, Action<Utf8JsonWriter> write, Action<Utf8JsonWriter> next)
    {
        if (IsEnveloped(context))
            Write(context, 200, write, next);
        else
            Write(context, 200, json => WriteBare(json, member, write, next), next: null);
    }

    private static void WriteBare(Utf8JsonWriter json, string member, Action<Utf8JsonWriter> write, Action<Utf8JsonWriter> next)
    {
        json.WriteStartObject();
        json.WritePropertyName(member);
        write(json);
        next(json);
        json.WriteEndObject();
    }

    private static void Write(GatewayContext context, int status, Action<Utf8JsonWriter> write, Action<Utf8JsonWriter>? next)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, s_options))
        {
            if (IsEnveloped(context))
                WriteEnvelope(context, json, write, next);
            else
                write(json);
        }

        // It is the caller's alone, and another a moment later.
        context.Response.Headers.CacheControl = "no-store";
        BuiltInAnswer.Write(context, status, "application/json", bytes.WrittenMemory);
    }

    private static void WriteEnvelope(GatewayContext context, Utf8JsonWriter json, Action<Utf8JsonWriter> write, Action<Utf8JsonWriter>? next)
    {
        json.WriteStartObject();
        json.WriteBoolean("success"u8, true);
        json.WritePropertyName("data"u8);
        write(json);
        json.WriteStartObject("meta"u8);
        json.WriteString("request_id"u8, $"req_{context.RequestId}");
        OperationJson.WriteTime(json, "timestamp"u8, context.Clock.GetUtcNow());
        json.WriteEndObject();
        if (next is not null)
        {
            json.WriteStartObject("pagination"u8);
            next(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static bool IsEnveloped(GatewayContext context) => context.Operation?.Api.Dialect.Name == EnvelopeDialect;
}
