using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Integration.Events.Ingest;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Headgate.Integration.Operations.Api;

/// <summary><c>GET /api/v1/operations/{id}/logs</c>: a page, or a stream of what comes. Thread-safe.</summary>
internal sealed class LogsEndpoint(LogReader logs, OperationAccess access, LogStreams streams)
{
    private const int DefaultLimit = 100;
    private const string LastEventId = "Last-Event-ID";

    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    public async ValueTask AnswerAsync(GatewayContext context)
    {
        if (await access.FindAsync(context) is not { } record)
            return;
        Dictionary<string, StringValues> query = QueryHelpers.ParseQuery(context.Request.Query);
        bool follows = WantsStream(context.Request.Headers.Accept);
        long after = context.Request.Headers.TryGetValue(LastEventId, out StringValues last) ? Number(last) : query.TryGetValue("after", out StringValues given) ? Number(given) : 0;
        int limit = follows ? LogStreamBody.PageSize : query.TryGetValue("limit", out StringValues most) ? (int)Number(most) : DefaultLimit;
        LoggedPage page = await logs.ReadAsync(record.Id, after, limit, context.RequestAborted);
        context.Response.Headers.Vary = HeaderNames.Accept;
        if (after > page.End)
            context.Fail(new GatewayFailure(EventErrors.OffsetUnknown, $"The log ends at {page.End}: what has read up to {after} has read another log."));
        else if (follows)
            AnswerStream(context, record, page);
        else
            AnswerPage(context, page);
    }

    private void AnswerStream(GatewayContext context, OperationRecord record, LoggedPage page)
    {
        string caller = OperationOwner.Of(context) ?? record.Id;
        if (page is { Entries.Count: 0, HasEnded: true })
        {
            // https://html.spec.whatwg.org/multipage/server-sent-events.html#sse-processing-model: a client that is told so does not come again.
            context.Response.StatusCode = 204;
        }
        else if (streams.TryEnter(caller))
        {
            context.Response.Headers.ContentType = LogStreamBody.MediaType;
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Body = new LogStreamBody(logs, record, page, streams, caller);
        }
        else
        {
            context.Fail(new GatewayFailure(OperationErrors.StreamsFull, "As many clients follow operations as may.") { RetryAfter = s_retryAfter });
        }
    }

    private static void AnswerPage(GatewayContext context, LoggedPage page) => OperationAnswer.WriteList(
        context,
        "logs",
        json =>
        {
            json.WriteStartArray();
            foreach (LoggedEntry entry in page.Entries)
            {
                json.WriteStartObject();
                json.WriteNumber("offset"u8, entry.Offset);
                json.WriteString("type"u8, entry.Type);
                json.WriteString("time"u8, entry.Time);
                json.WritePropertyName("data"u8);
                json.WriteRawValue(entry.Data);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        },
        json =>
        {
            json.WriteNumber("next"u8, page.Next);
            json.WriteBoolean("recovered"u8, page.Recovered);
        });

    private static bool WantsStream(StringValues accept) =>
        MediaTypeHeaderValue.TryParseList(accept, out IList<MediaTypeHeaderValue>? types)
        && types.OrderByDescending(type => type.Quality ?? 1).FirstOrDefault() is { } best
        && best.MediaType.Equals(LogStreamBody.MediaType, StringComparison.OrdinalIgnoreCase);

    // The document declares what it is.
    private static long Number(StringValues value) => WholeNumber.Read(value[0]!);
}
