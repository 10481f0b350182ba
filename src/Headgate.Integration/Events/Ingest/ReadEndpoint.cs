using System.Buffers;
using System.Text.Json;
using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Integration.Events.Log;

namespace Headgate.Integration.Events.Ingest;

/// <summary><c>GET /events</c>: the events after an offset, and when there are none yet, the first that comes within the time that the caller would wait. Thread-safe.</summary>
internal sealed class ReadEndpoint(EventLog log, TimeProvider time)
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    public async ValueTask ReadAsync(GatewayContext context)
    {
        (ReadQuery? query, GatewayFailure? failure) = ReadQuery.Read(context.Request.Query, context.Tenant);
        if (query is not null)
            failure = await ReadAsync(context, query);
        if (failure is not null)
            context.Fail(failure);
    }

    private async ValueTask<GatewayFailure?> ReadAsync(GatewayContext context, ReadQuery query)
    {
        CancellationToken aborted = context.RequestAborted;
        DateTimeOffset until = time.GetUtcNow() + query.Wait;
        long? after = query.IsLatest ? await log.EndAsync(aborted) : query.After;
        EventPage page = await log.ReadAsync(after, query.Filter, query.Limit, aborted);
        if (page.Events.Count == 0 && query.After > 0 && await log.EndAsync(aborted) is var end && query.After > end)
            return new GatewayFailure(EventErrors.OffsetUnknown, $"The log ends at {end}: what has read up to {query.After} has read another log.");

        while (page is { Events.Count: 0, Recovered: true } && until - time.GetUtcNow() is { Ticks: > 0 } left)
        {
            EventWait how = page.IsAtEnd ? await log.WaitAsync(page.Next, query.Filter, left, CallerName.Of(context) ?? "", aborted) : EventWait.Appended;
            if (how == EventWait.Refused)
                return new GatewayFailure(EventErrors.WaitersFull, "As many readers wait as may.") { RetryAfter = s_retryAfter };
            if (how == EventWait.TimedOut)
                break;
            page = await log.ReadAsync(page.Next, query.Filter, query.Limit, aborted);
        }

        Answer(context, page);
        return null;
    }

    private static void Answer(GatewayContext context, EventPage page)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray("events"u8);
            foreach (StoredEvent stored in page.Events)
                CloudEventJson.Write(json, stored);
            json.WriteEndArray();
            json.WriteNumber("next"u8, page.Next);
            json.WriteBoolean("recovered"u8, page.Recovered);
            json.WriteEndObject();
        }

        context.Response.Headers.CacheControl = "no-store";
        BuiltInAnswer.Write(context, 200, EventMedia.Json, bytes.WrittenMemory);
    }
}
