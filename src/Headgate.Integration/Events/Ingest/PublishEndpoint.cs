using System.Buffers;
using System.Text.Json;
using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Integration.Events.Log;

namespace Headgate.Integration.Events.Ingest;

/// <summary><c>POST /events</c>: appends the events of a request, all or none. Thread-safe.</summary>
internal sealed class PublishEndpoint(EventLog log)
{
    // What is read on an event thread meanwhile is no longer than other bodies that are checked there.
    private const int MostEventThreadBytes = 32 * 1024;

    public async ValueTask PublishAsync(GatewayContext context, ReadOnlyMemory<byte> body)
    {
        if (body.Length > MostEventThreadBytes && PoolHop.IsNeeded)
            await PoolHop.Now();
        (IReadOnlyList<NewEvent> events, GatewayFailure? failure) = EventRequest.Read(context.Request.Headers, body, context.Tenant);
        if (failure is null)
            Answer(context, await log.AppendAsync(events, context.RequestAborted));
        else
            context.Fail(failure);
    }

    private static void Answer(GatewayContext context, IReadOnlyList<AppendedEvent> appended)
    {
        var bytes = new ArrayBufferWriter<byte>(64 + (80 * appended.Count));
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray("events"u8);
            foreach (AppendedEvent one in appended)
            {
                json.WriteStartObject();
                json.WriteString("id"u8, one.Id);
                json.WriteBoolean("duplicate"u8, one.IsDuplicate);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        BuiltInAnswer.Write(context, 202, EventMedia.Json, bytes.WrittenMemory);
    }
}
