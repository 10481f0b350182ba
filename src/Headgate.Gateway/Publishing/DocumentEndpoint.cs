using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Values;

namespace Headgate.Gateway.Publishing;

/// <summary><c>GET /openapi.json</c> and <c>GET /openapi/NAME.json</c>: documents as their clients may see them. Thread-safe.</summary>
internal static class DocumentEndpoint
{
    /// <summary>The first of the documents. There is one: it asked for the path.</summary>
    public static ValueTask AnswerFirstAsync(GatewayContext context, ReadOnlyMemory<byte> body) => AnswerAsync(context, PublishedApis.Of(context.Plan).All[0]);

    /// <summary>The document that the path names.</summary>
    public static ValueTask AnswerNamedAsync(GatewayContext context, ReadOnlyMemory<byte> body)
    {
        if (PublishedApis.Of(context.Plan).Find(RequestTexts.OfPath(context, 0)) is { } api)
            return AnswerAsync(context, api);
        context.Fail(new GatewayFailure(ErrorCatalogue.RouteNotFound, "No document of that name is published."));
        return ValueTask.CompletedTask;
    }

    private static ValueTask AnswerAsync(GatewayContext context, PublishedApi api)
    {
        if (!api.IsWritten)
            return WriteAsync(context, api);
        api.Document.Answer(context);
        return ValueTask.CompletedTask;
    }

    private static async ValueTask WriteAsync(GatewayContext context, PublishedApi api)
    {
        await PoolHop.Now();
        api.Document.Answer(context);
    }
}
