using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Headgate.Integration.Events.Ingest;
using Headgate.Integration.Events.Log;
using Headgate.Integration.Events.Subscriptions;
using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary><c>/events</c> and <c>/event-subscriptions</c>: what is in the event log, and how far its consumers are.</summary>
internal static class EventEndpoints
{
    // A page of the log is bounded in bytes as well; a list tells no data.
    private const int MostOfPage = 1000;

    private static readonly JsonWriterOptions s_readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Map(IEndpointRouteBuilder routes, AdminServices services)
    {
        routes.MapGet("/events", context => ListAsync(context, services));
        routes.MapGet("/events/{event}", context => GetAsync(context, services));
        routes.MapGet("/event-replay", context => ReadAsync(context, services));
        routes.MapGet("/event-subscriptions", context => SubscriptionsAsync(context, services));
        routes.MapPost("/event-subscriptions/{subscription}/replay", context => ReplayAsync(context, services));
    }

    private static async Task ListAsync(HttpContext context, AdminServices services)
    {
        if (await PageRequest.ReadAsync(context) is not { } page)
            return;
        if (page.After is { } cursor && !IsOffset(cursor))
        {
            await AdminProblem.Invalid(context, [new ProblemError("#/query/cursor", "must be the next of an earlier page")]);
            return;
        }

        if (await FilterAsync(context) is not { } filter)
            return;
        long? after = (page.After ?? AdminQuery.Text(context, "after")) is { } offset ? long.Parse(offset, CultureInfo.InvariantCulture) : null;
        EventPage found = await services.Events.Log.ReadAsync(after, filter, Math.Min(page.Limit, MostOfPage), context.RequestAborted);
        EventReport[] items = [.. found.Events.Select(EventReport.Of)];
        var report = new PageReport<EventReport>(items, found.IsAtEnd ? null : PageRequest.CursorOf(found.Next.ToString(CultureInfo.InvariantCulture)));
        await AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, report, ReportJson.Readable.PageReportEventReport);
    }

    private static async Task ReadAsync(HttpContext context, AdminServices services)
    {
        if (await FilterAsync(context) is not { } filter)
            return;
        EventLog log = services.Events.Log;
        int limit = AdminQuery.Count(context, "limit", PageRequest.DefaultLimit);
        long end = await log.EndAsync(context.RequestAborted);
        EventPage found = await log.ReadAsync(long.Parse(AdminQuery.Text(context, "after")!, CultureInfo.InvariantCulture), filter, limit, context.RequestAborted);
        await AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, BytesOf(found, end).ToArray());
    }

    private static async Task GetAsync(HttpContext context, AdminServices services)
    {
        string id = (string)context.GetRouteValue("event")!;
        if (await services.Events.Log.FindAsync(id, context.RequestAborted) is not { } stored)
        {
            await AdminProblem.NotFound(context, $"There is no event {id} in the log.");
            return;
        }

        await AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, BytesOf(stored).ToArray());
    }

    private static async Task SubscriptionsAsync(HttpContext context, AdminServices services)
    {
        IReadOnlyList<SubscriptionReport> found = await services.Events.Subscriptions.ListAsync(context.RequestAborted);
        await AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, found, ReportJson.Readable.IReadOnlyListSubscriptionReport);
    }

    private static async Task ReplayAsync(HttpContext context, AdminServices services)
    {
        if (await AdminBody.ReadAsync(context, ReportJson.Readable.ReplayBody) is not { } body)
            return;
        string name = (string)context.GetRouteValue("subscription")!;
        await (await services.Events.Subscriptions.ReplayAsync(name, body.After, context.RequestAborted) switch
        {
            ReplayOutcome.Moved => AdminAnswer.WriteNothing(context),
            ReplayOutcome.Unknown => AdminProblem.NotFound(context, $"There is no subscription {name}."),
            _ => AdminProblem.Unprocessable(context, $"The log does not reach offset {body.After}: what comes next would be passed over."),
        });
    }

    // Null when it cannot be meant: then the answer, a 400, is written already.
    private static async Task<EventFilter?> FilterAsync(HttpContext context)
    {
        (EventFilter? filter, string? problem) = EventFilter.Of(AdminQuery.Text(context, "type")?.Split(',') ?? [], AdminQuery.Text(context, "tenant"));
        if (filter is null)
            await AdminProblem.Invalid(context, [new ProblemError("#/query/type", problem!)]);
        return filter;
    }

    // An EventReplayPage. Data go out as they came: there is JSON of which no text can be made, half a surrogate pair.
    private static ReadOnlySpan<byte> BytesOf(EventPage page, long end)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, s_readable))
        {
            json.WriteStartObject();
            json.WriteStartArray("events"u8);
            foreach (StoredEvent stored in page.Events)
                CloudEventJson.Write(json, stored);
            json.WriteEndArray();
            json.WriteNumber("next"u8, page.Next);
            json.WriteNumber("end"u8, end);
            json.WriteBoolean("isAtEnd"u8, page.IsAtEnd);
            json.WriteBoolean("recovered"u8, page.Recovered);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan;
    }

    private static ReadOnlySpan<byte> BytesOf(StoredEvent stored)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
            CloudEventJson.Write(json, stored);
        return bytes.WrittenSpan;
    }

    private static bool IsOffset(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
