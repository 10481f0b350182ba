using System.Text.Json;
using System.Text.Unicode;
using Headgate.Gateway.Errors;
using Headgate.Integration.Events.Log;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Integration.Events.Ingest;

/// <summary>Reads the events of a request in whichever of the four forms it has them: binary, structured, batch, envelope. Stateless, thread-safe.</summary>
internal static class EventRequest
{
    // As many as validation tells of any request.
    private const int MostProblems = 64;

    private const string Accepted = $"{EventMedia.Structured}, {EventMedia.Batch}, {EventMedia.Json}";

    /// <summary>Reads.</summary>
    /// <param name="headers">The header fields.</param>
    /// <param name="body">The body.</param>
    /// <param name="tenant">The tenant for which the request is, or null.</param>
    /// <returns>The events, or why none is taken.</returns>
    public static (IReadOnlyList<NewEvent> Events, GatewayFailure? Failure) Read(IHeaderDictionary headers, ReadOnlyMemory<byte> body, string? tenant)
    {
        StringValues contentType = headers.ContentType;
        if (contentType.Count > 1)
            return Unsupported("There are several Content-Type fields.");
        string mediaType = contentType is [{ } text] ? text : "";
        string essence = EventMedia.Essence(mediaType);
        if (essence.StartsWith("application/cloudevents", StringComparison.Ordinal) && essence is not (EventMedia.Structured or EventMedia.Batch))
            return Unsupported($"Events are not taken as {essence}.");
        if (essence is EventMedia.Structured or EventMedia.Batch or EventMedia.Json)
        {
            if (EventMedia.IsOtherThanUtf8(mediaType))
                return Unsupported("JSON is taken in UTF-8 alone.");

            // Data are kept as they came: what is no text would make every answer unreadable in which they stand.
            if (!Utf8.IsValid(body.Span))
                return Invalid(EventErrors.Invalid, "The body is not JSON.", [new FailureDetail("", "is not JSON: it is not in UTF-8")]);
        }

        try
        {
            return essence switch
            {
                EventMedia.Structured => One(Structured(body.Span), tenant),
                EventMedia.Batch => Batch(body.Span, tenant),
                _ when headers.Keys.Any(field => field.StartsWith(BinaryEvents.Prefix, StringComparison.OrdinalIgnoreCase)) => One(BinaryEvents.Read(headers, body), tenant),
                EventMedia.Json => Envelope(body.Span, tenant),
                _ => Unsupported("The request has neither a CloudEvent (in JSON, in a batch, or with ce- fields) nor an envelope in JSON."),
            };
        }
        catch (JsonException exception)
        {
            return Invalid(EventErrors.Invalid, "The body is not JSON.", [new FailureDetail("", $"is not JSON, at byte {exception.BytePositionInLine} of line {exception.LineNumber + 1}")]);
        }
    }

    private static EventDraft Structured(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, JsonMembers.Options);
        reader.Read();
        EventDraft draft = StructuredEvents.Read(ref reader, body, "");
        ExpectEnd(ref reader);
        return draft;
    }

    private static (IReadOnlyList<NewEvent>, GatewayFailure?) Envelope(ReadOnlySpan<byte> body, string? tenant)
    {
        var reader = new Utf8JsonReader(body, JsonMembers.Options);
        reader.Read();
        (EventDraft draft, string? aggregateId) = EnvelopeEvents.Read(ref reader, body);
        ExpectEnd(ref reader);
        return One(draft, tenant, aggregateId);
    }

    // CloudEvents JSON format 1.0.2 §4. All or none: what is wrong with any of them is told of all.
    private static (IReadOnlyList<NewEvent>, GatewayFailure?) Batch(ReadOnlySpan<byte> body, string? tenant)
    {
        var reader = new Utf8JsonReader(body, JsonMembers.Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            return Invalid(EventErrors.Invalid, "The batch is not an array.", [new FailureDetail("", "must be an array of events.")]);
        var events = new List<NewEvent>();
        var bad = new List<EventDraft>();
        int count = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; count++)
        {
            if (count == EventBounds.MostAtOnce)
                return Invalid(EventErrors.TooLarge, $"The batch has more than {EventBounds.MostAtOnce} events.", []);
            EventDraft draft = StructuredEvents.Read(ref reader, body, $"/{count}");
            if (EventRules.Complete(draft, tenant) is { } read)
                events.Add(read);
            else
                bad.Add(draft);
        }

        ExpectEnd(ref reader);
        return bad.Count == 0 ? (events, null) : Refuse(bad, $"Of the {count} events of the batch {bad.Count} cannot be taken, so none was.");
    }

    private static (IReadOnlyList<NewEvent>, GatewayFailure?) One(EventDraft draft, string? tenant, string? aggregateId = null) =>
        EventRules.Complete(draft, tenant, aggregateId) is { } read ? ([read], null) : Refuse([draft], "The event cannot be taken.");

    private static (IReadOnlyList<NewEvent>, GatewayFailure?) Refuse(List<EventDraft> bad, string detail)
    {
        GatewayErrorKind kind = bad.TrueForAll(draft => draft.IsOnlyTooLarge) ? EventErrors.TooLarge
            : bad.TrueForAll(draft => draft is { IsOfAnotherTenant: true, Problems.Count: 1 }) ? ErrorCatalogue.TenantMismatch : EventErrors.Invalid;
        return Invalid(kind, detail, [.. bad.SelectMany(draft => draft.Problems).Take(MostProblems)]);
    }

    private static (IReadOnlyList<NewEvent>, GatewayFailure?) Invalid(GatewayErrorKind kind, string detail, IReadOnlyList<FailureDetail> errors) =>
        ([], new GatewayFailure(kind, detail) { Errors = errors });

    private static (IReadOnlyList<NewEvent>, GatewayFailure?) Unsupported(string detail) =>
        ([], new GatewayFailure(ErrorCatalogue.RequestMediaTypeUnsupported, detail) { Accept = Accepted });

    // Anything after the value throws.
    private static void ExpectEnd(ref Utf8JsonReader reader) => reader.Read();
}
