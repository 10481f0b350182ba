using System.Globalization;
using Headgate.Bench.Measurements;
using Headgate.Integration.Events.Log;

namespace Headgate.Bench.Stores;

/// <summary>Appenders of events of some 200 bytes, as fast as they can or at a pace, and a reader that takes what comes.</summary>
/// <param name="log">The log.</param>
/// <param name="readers">The log of whoever reads: the same, or another instance's of the same store.</param>
/// <param name="appenders">How many append at once, each waiting until its events are durable.</param>
/// <param name="batch">Events of one append.</param>
/// <param name="pause">From one append to the next; null for none.</param>
/// <param name="time">The clock.</param>
internal sealed class EventLoad(EventLog log, EventLog readers, int appenders, int batch, TimeSpan? pause, TimeProvider time)
{
    private static readonly byte[] Payload = [.. Enumerable.Repeat((byte)' ', 198), (byte)'{', (byte)'}'];
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private string run = "";

    /// <summary>Runs for a time and adds its figures.</summary>
    public async Task RunAsync(TimeSpan duration, Samples samples, CancellationToken cancellation)
    {
        run = Guid.NewGuid().ToString("N");
        var from = await log.EndAsync(cancellation);
        var started = time.GetTimestamp();
        var cpu = Environment.CpuUsage.TotalTime;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = pause is null ? Task.FromResult(new List<double>()) : ReadAsync(from, over.Token);
        var appending = await Task.WhenAll(Enumerable.Range(0, appenders).Select(appender => AppendAsync(appender, started, duration, cancellation)));
        var elapsed = time.GetElapsedTime(started);
        var used = Environment.CpuUsage.TotalTime - cpu;
        await over.CancelAsync();

        var events = (double)appending.Sum(one => one.Count) * batch;
        samples.Add(Metric.EventsPerSecond, events / elapsed.TotalSeconds);
        samples.Add(Metric.CpuMicrosecondsPerEvent, used.TotalMicroseconds / events);
        var appends = new LatencySamples([.. appending.SelectMany(one => one)], elapsed);
        samples.Add(Metric.P50Milliseconds, appends.Percentile(0.50));
        samples.Add(Metric.P99Milliseconds, appends.Percentile(0.99));
        if (await reading is { Count: > 0 } lags)
            samples.Add(Metric.LagP99Milliseconds, new LatencySamples(lags, elapsed).Percentile(0.99));
    }

    private async Task<List<double>> AppendAsync(int appender, long started, TimeSpan duration, CancellationToken cancellation)
    {
        var milliseconds = new List<double>();
        using var timer = pause is { } period ? new PeriodicTimer(period, time) : null;
        while (time.GetElapsedTime(started) < duration && (timer is null || await timer.WaitForNextTickAsync(cancellation)))
        {
            var began = time.GetTimestamp();
            await log.AppendAsync([.. Enumerable.Range(0, batch).Select(i => Event(appender, milliseconds.Count, i, began))], cancellation);
            milliseconds.Add(time.GetElapsedTime(began).TotalMilliseconds);
        }
        return milliseconds;
    }

    private NewEvent Event(int appender, int append, int i, long began) => new()
    {
        Type = "bench.appended",
        Source = "/bench",
        ProducerId = string.Create(CultureInfo.InvariantCulture, $"{run}-{appender}-{append}-{i}"),
        AggregateType = "bench",
        AggregateId = string.Create(CultureInfo.InvariantCulture, $"{appender}-{i}"),
        CorrelationId = began.ToString(CultureInfo.InvariantCulture),
        DataContentType = "application/json",
        Payload = Payload,
    };

    // From the moment in which the appender began to the one in which the reader has the event.
    private async Task<List<double>> ReadAsync(long after, CancellationToken over)
    {
        var milliseconds = new List<double>();
        try
        {
            while (true)
            {
                var page = await readers.ReadAsync(after, EventFilter.Everything, EventBounds.MostAtOnce, over);
                milliseconds.AddRange(page.Events.Select(stored => time.GetElapsedTime(long.Parse(stored.Event.CorrelationId!, CultureInfo.InvariantCulture)).TotalMilliseconds));
                after = page.Next;
                if (page.IsAtEnd)
                    await readers.WaitAsync(after, EventFilter.Everything, LongestWait, "bench", over);
                over.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return milliseconds;
        }
    }
}
