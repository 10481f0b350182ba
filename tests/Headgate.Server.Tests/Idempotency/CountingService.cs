using System.Collections.Concurrent;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Server.Tests.Idempotency;

/// <summary>A service that does something else each time it is called, and says so.</summary>
internal sealed class CountingService : IAsyncDisposable
{
    private readonly EchoUpstream _upstream;
    private int _done;

    private CountingService(EchoUpstream upstream) => _upstream = upstream;

    public Uri Url => _upstream.Url;

    /// <summary>How often it was called.</summary>
    public int Calls => _upstream.Requests;

    /// <summary>The keys that it saw.</summary>
    public ConcurrentQueue<string> Keys { get; } = new();

    /// <summary>Lets it answer; it does at once unless a test closes it.</summary>
    public TaskCompletionSource Gate { get; set; } = Opened();

    /// <summary>What the answer is, but for its ordinary one.</summary>
    public Func<HttpContext, int, Task>? Answer { get; set; }

    /// <summary>Is told of each body; nobody is unless a test wants to know.</summary>
    public Action<string>? ReadsBody { get; set; }

    public static async Task<CountingService> StartAsync()
    {
        CountingService? service = null;
        EchoUpstream upstream = await EchoUpstream.StartAsync(context => service!.AnswerAsync(context));
        return service = new CountingService(upstream);
    }

    public ValueTask DisposeAsync() => _upstream.DisposeAsync();

    private static TaskCompletionSource Opened()
    {
        var gate = new TaskCompletionSource();
        gate.SetResult();
        return gate;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Keys.Enqueue(context.Request.Headers["Idempotency-Key"].ToString());
        using (var body = new StreamReader(context.Request.Body))
        {
            string text = await body.ReadToEndAsync();
            ReadsBody?.Invoke(text);
        }

        await Gate.Task;
        int number = Interlocked.Increment(ref _done);
        if (Answer is { } answer)
        {
            await answer(context, number);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers.Location = $"/orders/{number}";
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""{"order":{{number}}}""");
    }
}
