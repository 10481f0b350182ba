using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Representations;
using Headgate.Gateway.Values;

namespace Headgate.Gateway.Publishing;

/// <summary><c>GET /docs</c> and what the page is made of. Thread-safe.</summary>
internal sealed class PageEndpoint
{
    private readonly ConditionalWeakTable<GatewayPlan, CodedRepresentation> _listsOfPlans = [];

    public static ValueTask AnswerAsync(GatewayContext context, ReadOnlyMemory<byte> body) => AnswerAsync(context, PageFiles.Page);

    public ValueTask AnswerFileAsync(GatewayContext context, ReadOnlyMemory<byte> body)
    {
        string? name = RequestTexts.OfPath(context, 0);
        if (name == PageFiles.List)
        {
            _listsOfPlans.GetValue(context.Plan, static plan => new CodedRepresentation("application/json", Write(PublishedApis.Of(plan)))).Answer(context);
            return ValueTask.CompletedTask;
        }

        if (PageFiles.Find(name) is { } file)
            return AnswerAsync(context, file);
        context.Fail(new GatewayFailure(ErrorCatalogue.RouteNotFound, "The page has no such file."));
        return ValueTask.CompletedTask;
    }

    private static ValueTask AnswerAsync(GatewayContext context, Lazy<CodedRepresentation> file)
    {
        if (!file.IsValueCreated)
            return PrepareAsync(context, file);
        file.Value.Answer(context);
        return ValueTask.CompletedTask;
    }

    // Compressing takes longer than an event thread has.
    private static async ValueTask PrepareAsync(GatewayContext context, Lazy<CodedRepresentation> file)
    {
        await PoolHop.Now();
        file.Value.Answer(context);
    }

    private static ReadOnlyMemory<byte> Write(PublishedApis apis)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, ErrorJson.Options))
        {
            json.WriteStartArray();
            foreach (PublishedApi api in apis.All.Where(api => api.Settings.Page))
            {
                json.WriteStartObject();
                json.WriteString("name"u8, api.Name);
                json.WriteString("title"u8, api.Api.Document.Title);
                json.WriteString("path"u8, api.Path);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return bytes.WrittenMemory;
    }
}
