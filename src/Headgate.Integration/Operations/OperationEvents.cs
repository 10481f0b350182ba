using System.Buffers;
using System.Text.Json;
using Headgate.Integration.Events.Log;

namespace Headgate.Integration.Operations;

/// <summary>The events that tell of operations: they are its log. Stateless, thread-safe.</summary>
internal static class OperationEvents
{
    /// <summary>The source of all of them, which no event from outside may have.</summary>
    public const string Source = "urn:headgate:operations";

    /// <summary>The kind of what they speak of.</summary>
    public const string AggregateType = "operation";

    public const string Started = "operation.started";
    public const string Progressed = "operation.progress_updated";
    public const string CancelRequested = "operation.cancel_requested";
    public const string Resumed = "operation.resumed";
    public const string Retried = "operation.retried";
    public const string Resolved = "operation.resolved";

    private const string NeedsAttention = "operation.needs_attention";
    private const string Succeeded = "operation.succeeded";
    private const string Failed = "operation.failed";
    private const string Cancelled = "operation.cancelled";

    /// <summary>The type of the event that tells how an operation stands now.</summary>
    public static string TypeOf(OperationRecord record) => record.Kept switch
    {
        OperationState.Succeeded => Succeeded,
        OperationState.Cancelled => Cancelled,
        OperationState.Failed => record.Attention is null ? Failed : NeedsAttention,
        _ => Progressed,
    };

    /// <summary>The event that tells how an operation stands now.</summary>
    public static NewEvent Of(string type, OperationRecord record, IReadOnlyList<string>? lines = null, IReadOnlyList<KeyValuePair<string, string>>? facts = null) => new()
    {
        Type = type,
        Source = Source,
        AggregateType = AggregateType,
        AggregateId = record.Id,
        Tenant = record.Tenant,
        CorrelationId = record.CorrelationId,
        DataContentType = "application/json",
        Extensions = record.TraceParent is { } trace ? $$"""{"traceparent":"{{JsonEncodedText.Encode(trace)}}"}""" : null,
        Payload = Write(record, lines ?? [], facts ?? []),
    };

    private static byte[] Write(OperationRecord record, IReadOnlyList<string> lines, IReadOnlyList<KeyValuePair<string, string>> facts)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("operation_id"u8, record.Id);
            json.WriteString("kind"u8, record.Kind);
            json.WriteString("name"u8, record.Name);
            json.WriteString("status"u8, record.State.ToName());
            json.WriteNumber("progress"u8, record.Progress);
            WriteIfAny(json, "current_stage"u8, record.Stage);
            WriteIfAny(json, "message"u8, record.Message);
            WriteIfAny(json, "reason"u8, record.Attention ?? record.Error?.Detail);
            WriteIfAny(json, "resolution"u8, record.Resolution);
            foreach ((string name, string value) in facts)
                json.WriteString(name, value);
            if (lines.Count > 0)
            {
                json.WriteStartArray("logs"u8);
                foreach (string line in lines)
                    json.WriteStringValue(OperationBounds.Clip(line));
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteIfAny(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }
}
