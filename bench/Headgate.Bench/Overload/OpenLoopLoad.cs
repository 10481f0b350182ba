using System.Collections.Concurrent;

namespace Headgate.Bench.Overload;

/// <summary>
/// Sends requests at a rate, whether or not those before are answered: as many clients do who do not know of each other. A load that waits for answers slows down with the server, and so never overloads it.
/// </summary>
internal sealed class OpenLoopLoad(Uri target, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1) }) { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Sends for a while and waits for all answers.</summary>
    /// <param name="perSecond">The rate.</param>
    /// <param name="duration">How long requests are sent.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<Answered>> RunAsync(double perSecond, TimeSpan duration, CancellationToken cancellation)
    {
        var answers = new ConcurrentBag<Answered>();
        var open = new List<Task>((int)(perSecond * duration.TotalSeconds));
        var started = time.GetTimestamp();
        using var timer = new PeriodicTimer(Step, time);
        while (time.GetElapsedTime(started) < duration && await timer.WaitForNextTickAsync(cancellation))
        {
            var due = (int)(Math.Min(time.GetElapsedTime(started).TotalSeconds, duration.TotalSeconds) * perSecond);
            while (open.Count < due)
                open.Add(SendAsync(started, answers, cancellation));
        }
        await Task.WhenAll(open);
        return [.. answers];
    }

    public void Dispose() => client.Dispose();

    private async Task SendAsync(long started, ConcurrentBag<Answered> answers, CancellationToken cancellation)
    {
        var sent = time.GetTimestamp();
        var status = 0;
        try
        {
            using var response = await client.GetAsync(target, cancellation);
            status = (int)response.StatusCode;
        }
        catch (Exception failed) when (failed is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            // Status 0: no answer came.
        }
        answers.Add(new Answered(time.GetElapsedTime(started, sent), time.GetElapsedTime(sent), status));
    }
}
