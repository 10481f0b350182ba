using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Policies.Jwt;

/// <summary>An issuer's web server: its key set and its configuration, as the test has them at the moment.</summary>
internal sealed class KeyServer : IAsyncDisposable
{
    private EchoUpstream _server = null!;
    private int _requests;

    public string Keys { get; set; } = "";

    public string? Configuration { get; set; }

    public int Status { get; set; } = 200;

    /// <summary>When set, answers wait for it.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public int Requests => Volatile.Read(ref _requests);

    public Uri Url => _server.Url;

    public string KeysUrl => new Uri(Url, "/keys").ToString();

    public static async Task<KeyServer> StartAsync(string keys)
    {
        var server = new KeyServer { Keys = keys };
        server._server = await EchoUpstream.StartAsync(server.AnswerAsync);
        return server;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        if (Gate is { } gate)
            await gate.Task;
        context.Response.StatusCode = Status;
        if (Status == 302)
            context.Response.Headers.Location = "/keys";
        await context.Response.WriteAsync(context.Request.Path == "/keys" ? Keys : Configuration ?? "{}");
    }
}
