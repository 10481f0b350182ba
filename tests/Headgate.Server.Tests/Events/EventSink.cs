using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Headgate.Server.Tests.Events;

/// <summary>Somebody who is posted batches of events.</summary>
internal sealed class EventSink : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EventSink(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public ConcurrentQueue<string> Authorizations { get; } = new();

    public static async Task<EventSink> StartAsync(Func<JsonElement, HttpStatusCode> take)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        var sink = new EventSink(app);
        app.Run(async context =>
        {
            sink.Authorizations.Enqueue(context.Request.Headers.Authorization.ToString());
            Assert.Equal("application/cloudevents-batch+json", context.Request.ContentType);
            context.Response.StatusCode = (int)take(await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, cancellationToken: context.RequestAborted));
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return sink;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
