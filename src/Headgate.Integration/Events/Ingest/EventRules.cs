using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Headgate.Integration.Events.Log;

namespace Headgate.Integration.Events.Ingest;

/// <summary>The rules of CloudEvents 1.0.2 §3 for attributes, in whatever form they came. Stateless, thread-safe.</summary>
internal static partial class EventRules
{
    // How the sources begin of what Headgate itself tells: readers of its own go by them.
    private const string OwnSources = "urn:headgate:";

    private static readonly SearchValues<char> s_name = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    // What the log keeps apart, or says itself when it gives the event to readers.
    private static readonly HashSet<string> s_known =
        ["specversion", "id", "source", "type", "time", "subject", "dataschema", "datacontenttype", "correlationid", "causationid", "tenantid", "partitionkey", "aggregatetype"];

    private static readonly HashSet<string> s_reserved = ["data", "offset", "producerid"];

    /// <summary>Makes the event of a draft; null when something is wrong with it, which the draft tells.</summary>
    /// <param name="draft">What was read.</param>
    /// <param name="tenant">The tenant for which the request is; null for none in particular: then the event may name one.</param>
    /// <param name="aggregateId">What the event speaks of, where its form says so beside the attributes.</param>
    public static NewEvent? Complete(EventDraft draft, string? tenant, string? aggregateId = null)
    {
        if (draft.IsReported(""))
            return null;
        CheckNames(draft);
        CheckValues(draft);
        if (tenant is not null && draft["tenantid"] is { } named && named != tenant)
        {
            draft.Report("tenantid", $"names another tenant than the request's, {tenant}.");
            draft.IsOfAnotherTenant = true;
        }

        if (draft.Problems.Count > 0)
            return null;
        NewEvent read = Make(draft, tenant ?? draft["tenantid"], aggregateId);
        if (EventBounds.ProblemOf(read) is not { } problem)
            return read;
        draft.Report(problem.Attribute switch { "aggregateid" => "partitionkey", "data" => draft.DataName, "extensions" => "", _ => problem.Attribute }, problem.Detail, problem.IsTooLarge);
        return null;
    }

    private static NewEvent Make(EventDraft draft, string? tenant, string? aggregateId)
    {
        string type = draft["type"]!;
        int dot = type.LastIndexOf('.');
        return new NewEvent
        {
            Type = type,
            Source = draft["source"]!,
            ProducerId = draft["id"]!,
            AggregateType = draft["aggregatetype"] ?? (dot > 0 ? type[..dot] : type),
            AggregateId = draft["partitionkey"] ?? draft["subject"] ?? aggregateId ?? draft["id"]!,
            Tenant = tenant,
            Time = draft["time"],
            CorrelationId = draft["correlationid"],
            CausationId = draft["causationid"],
            DataSchema = draft["dataschema"],
            DataContentType = draft["datacontenttype"],
            Subject = draft["subject"],
            Extensions = ExtensionsOf(draft),
            Payload = draft.Data,
        };
    }

    // CloudEvents 1.0.2 §3.1: lower-case letters and digits.
    private static void CheckNames(EventDraft draft)
    {
        foreach ((string name, EventAttribute value) in draft.Attributes)
        {
            if (s_reserved.Contains(name))
                draft.Report(name, "cannot be an attribute of an event that is sent: it is the form's, or the log's own to say.");
            else if (s_known.Contains(name) && value.IsJson)
                draft.Report(name, "must be a string.");
            else if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(s_name))
                draft.Report(name, "is no name of an attribute: lower-case letters and digits alone.");
            else if (!s_known.Contains(name) && !EventBounds.IsText(value.Text))
                draft.Report(name, EventBounds.NoText);
        }
    }

    private static void CheckValues(EventDraft draft)
    {
        if (draft["specversion"] is not "1.0" && !draft.IsReported("specversion"))
            draft.Report("specversion", draft["specversion"] is null ? "is missing: 1.0." : "must be 1.0.");
        foreach (string required in (ReadOnlySpan<string>)["id", "source", "type"])
        {
            if (draft[required] is not { Length: > 0 } && !draft.IsReported(required))
                draft.Report(required, draft[required] is null ? "is missing." : "must not be empty.");
        }

        if (draft["source"] is { Length: > 0 } source && !IsReference(source, UriKind.RelativeOrAbsolute))
            draft.Report("source", "must be a URI reference, such as /orders or https://orders.example.");
        if (draft["source"]?.StartsWith(OwnSources, StringComparison.OrdinalIgnoreCase) == true)
            draft.Report("source", $"must not begin with {OwnSources}: what Headgate itself tells does.");
        if (draft["dataschema"] is { } schema && !IsReference(schema, UriKind.Absolute))
            draft.Report("dataschema", "must be an absolute URI.");
        if (draft["time"] is { } time && !IsTime(time))
            draft.Report("time", "must be a time as in RFC 3339: 2026-01-02T03:04:05Z.");
        if (draft["datacontenttype"] is { } mediaType && !MediaTypePattern().IsMatch(mediaType))
            draft.Report("datacontenttype", "must be a media type.");
    }

    private static bool IsReference(string text, UriKind kind) => !text.Any(c => c <= ' ' || c is '<' or '>' or '"') && Uri.TryCreate(text, kind, out _);

    private static bool IsTime(string text) =>
        TimePattern().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    private static string? ExtensionsOf(EventDraft draft)
    {
        if (!draft.Attributes.Keys.Any(name => !s_known.Contains(name)))
            return null;
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach ((string name, EventAttribute value) in draft.Attributes.Where(attribute => !s_known.Contains(attribute.Key)))
            {
                json.WritePropertyName(name);
                if (value.IsJson)
                    json.WriteRawValue(value.Text);
                else
                    json.WriteStringValue(value.Text);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex TimePattern();

    [GeneratedRegex(@"^[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+[ \t]*(;.*)?\z")]
    private static partial Regex MediaTypePattern();
}
