using System.Collections.Concurrent;
using System.Text.Json;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Gateway.Tests.Aggregation;

/// <summary>The services of an aggregate in one server: what each path answers is the test's to say, and what was asked is kept.</summary>
internal sealed class PartServices : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _answers = new();
    private EchoUpstream _server = null!;

    public Uri Url => _server.Url;

    /// <summary>Method, target and body of each request, in the order in which they came.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>The header fields of the last request to a path.</summary>
    public ConcurrentDictionary<string, Dictionary<string, string>> Fields { get; } = new();

    /// <summary>Requests under way now that were broken off by the gateway.</summary>
    public ConcurrentQueue<string> BrokenOff { get; } = new();

    public static async Task<PartServices> StartAsync()
    {
        var services = new PartServices();
        services._server = await EchoUpstream.StartAsync(services.AnswerAsync);
        return services;
    }

    public PartServices On(string path, string json, int status = 200, string type = "application/json") => On(path, context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(json);
    });

    public PartServices On(string path, Func<HttpContext, Task> answer)
    {
        _answers[path] = answer;
        return this;
    }

    /// <summary>A path that answers when the gateway goes away, or never.</summary>
    public PartServices Hanging(string path) => On(path, async context =>
    {
        var gone = new TaskCompletionSource();
        await using (context.RequestAborted.Register(gone.SetResult))
            await gone.Task;
        BrokenOff.Enqueue(path);
    });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        string body = await reader.ReadToEndAsync();
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        Asked.Enqueue($"{context.Request.Method} {target}{(body.Length == 0 ? "" : $" {body}")}");
        Fields[context.Request.Path] = context.Request.Headers.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        if (_answers.TryGetValue(context.Request.Path, out Func<HttpContext, Task>? answer))
            await answer(context);
        else
            await context.Response.WriteAsync(JsonSerializer.Serialize(new { target }));
    }
}
