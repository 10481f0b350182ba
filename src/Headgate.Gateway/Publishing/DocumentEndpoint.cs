using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Values;

namespace Headgate.Gateway.Publishing;

/// <summary><c>GET /openapi.json</c> and <c>GET /openapi/NAME.json</c>: documents as their clients may see them. Thread-safe.</summary>
internal static class DocumentEndpoint
{
    /// <summary>The first of the documents.</summary>
    public static ValueTask AnswerFirstAsync(GatewayContext context, ReadOnlyMemory<byte> body) =>
        AnswerAsync(context, PublishedApis.Of(context.Plan).All is [var first, ..] ? first : null);

    /// <summary>The document that the path names.</summary>
    public static ValueTask AnswerNamedAsync(GatewayContext context, ReadOnlyMemory<byte> body) =>
        AnswerAsync(context, PublishedApis.Of(context.Plan).Find(RequestTexts.OfPath(context, 0)));

    private static ValueTask AnswerAsync(GatewayContext context, PublishedApi? api)
    {
        if (api is null)
        {
            // Whoever asked for the path may have errors that came to light afterwards.
            context.Fail(new GatewayFailure(ErrorCatalogue.RouteNotFound, "No such document is published."));
            return ValueTask.CompletedTask;
        }

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
