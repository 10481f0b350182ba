using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Representations;

namespace Headgate.Gateway.Publishing;

/// <summary><c>GET /.well-known/api-catalog</c>: which APIs there are, and where their documents are (RFC 9727). Thread-safe.</summary>
/// <param name="options">Where documents are.</param>
/// <param name="hasPage">Whether there is a page that shows them.</param>
internal sealed class CatalogEndpoint(PublishOptions options, bool hasPage)
{
    private const string CatalogPath = "/.well-known/api-catalog";

    // RFC 9727 §4.2 (the profile), RFC 9264 §4.2.
    private const string MediaType = "application/linkset+json; profile=\"https://www.rfc-editor.org/info/rfc9727\"";

    private readonly ConditionalWeakTable<GatewayPlan, CodedRepresentation> _ofPlans = [];
    private readonly string _origin = OriginOf(options);
    private readonly string _link = $"<{OriginOf(options)}{CatalogPath}>; rel=\"api-catalog\"";

    public ValueTask AnswerAsync(GatewayContext context, ReadOnlyMemory<byte> body)
    {
        // RFC 9727 §2: the answer to HEAD has the link; that to GET may.
        context.Response.Headers.Link = _link;
        _ofPlans.GetValue(context.Plan, plan => new CodedRepresentation(MediaType, Write(PublishedApis.Of(plan)))).Answer(context);
        return ValueTask.CompletedTask;
    }

    private static string OriginOf(PublishOptions options) => options.Origin?.GetComponents(UriComponents.SchemeAndServer | UriComponents.NormalizedHost, UriFormat.UriEscaped) ?? "";

    private ReadOnlyMemory<byte> Write(PublishedApis apis)
    {
        // Several documents may lie under one base path: what is said of a path is said in one place (RFC 9264 §4.2.2).
        IGrouping<string, PublishedApi>[] places =
        [
            .. from api in apis.All
               where api.Settings.Catalog
               from basePath in api.Api.Document.BasePaths
               group api by basePath.Length == 0 ? "/" : basePath,
        ];
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, ErrorJson.Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("linkset");
            WriteContext(json, CatalogPath, () => WriteLinks(json, "item", places, place => WriteLink(json, place.Key, null, string.Join(", ", place.Select(api => api.Api.Document.Title)))));
            foreach (IGrouping<string, PublishedApi> place in places)
                WriteContext(json, place.Key, () => WritePlace(json, [.. place]));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    // RFC 8631 §2: how to call the service, for programs and for people.
    private void WritePlace(Utf8JsonWriter json, IReadOnlyList<PublishedApi> apis)
    {
        WriteLinks(json, "service-desc", apis, api => WriteLink(json, $"{options.Path}/{api.Path}", "application/json", api.Api.Document.Title));
        PublishedApi[] shown = [.. apis.Where(api => hasPage && api.Settings.Page)];
        if (shown.Length > 0)
            WriteLinks(json, "service-doc", shown, api => WriteLink(json, $"{options.Path}/docs?api={Uri.EscapeDataString(api.Name)}", "text/html", api.Api.Document.Title));
    }

    private void WriteContext(Utf8JsonWriter json, string anchor, Action write)
    {
        json.WriteStartObject();
        json.WriteString("anchor"u8, _origin + anchor);
        write();
        json.WriteEndObject();
    }

    private static void WriteLinks<T>(Utf8JsonWriter json, string relation, IEnumerable<T> targets, Action<T> write)
    {
        json.WriteStartArray(relation);
        foreach (T target in targets)
            write(target);
        json.WriteEndArray();
    }

    private void WriteLink(Utf8JsonWriter json, string path, string? type, string title)
    {
        json.WriteStartObject();
        json.WriteString("href"u8, _origin + path);
        if (type is not null)
            json.WriteString("type"u8, type);
        json.WriteString("title"u8, title);
        json.WriteEndObject();
    }
}
