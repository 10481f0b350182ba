using System.Collections.Concurrent;
using System.Text;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Server.Tests.Sagas;

/// <summary>
/// Services that write down who calls, and do what comes under an idempotency key once: a key that comes again has the answer of the first time. Each has the first segment of the path for its name.
/// </summary>
internal sealed class RecordingServices : IAsyncDisposable
{
    private readonly EchoUpstream _upstream;
    private readonly ConcurrentDictionary<string, (int Status, string Body)> _answers = new();

    private RecordingServices(EchoUpstream upstream) => _upstream = upstream;

    public Uri Url => _upstream.Url;

    /// <summary>Every call, in order.</summary>
    public ConcurrentQueue<RecordedCall> Calls { get; } = new();

    /// <summary>What was done, by key: each at most once.</summary>
    public ConcurrentQueue<RecordedCall> Done { get; } = new();

    /// <summary>What a call is answered when it is carried out, where a test wants another answer than 200 and the name of the step.</summary>
    public Func<RecordedCall, (int Status, string Body)?>? Answer { get; set; }

    /// <summary>What happens to a call before the service carries it out; false for a call that is not carried out and has had its answer.</summary>
    public Func<RecordedCall, HttpContext, Task<bool>>? Before { get; set; }

    /// <summary>What happens after it was carried out and before it is answered; false for a call that has had its answer, or is not to have one.</summary>
    public Func<RecordedCall, HttpContext, Task<bool>>? After { get; set; }

    public static async Task<RecordingServices> StartAsync()
    {
        RecordingServices? services = null;
        EchoUpstream upstream = await EchoUpstream.StartAsync(context => services!.ServeAsync(context));
        return services = new RecordingServices(upstream);
    }

    /// <summary>Waits until a step was called so often.</summary>
    public Task IsCalledAsync(string step, int times = 1) => Support.Until.TrueAsync(() => Calls.Count(call => call.Step == step) >= times, $"{step} is called {times} times");

    public ValueTask DisposeAsync() => _upstream.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        string body = await reader.ReadToEndAsync();
        string[] parts = context.Request.Path.Value!.Split('/', 3);
        var call = new RecordedCall(
            parts[1], context.Request.Method, "/" + parts[2] + context.Request.QueryString, body, context.Request.Headers["Idempotency-Key"].ToString(),
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        Calls.Enqueue(call);
        if (Before is { } before && !await before(call, context))
            return;
        (int status, string answer) = _answers.GetOrAdd(call.Key, _ =>
        {
            Done.Enqueue(call);
            return Answer?.Invoke(call) ?? (200, $$"""{"done":"{{call.Step}}"}""");
        });
        if (After is { } after && !await after(call, context))
            return;

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer);
    }
}
