using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Background;

/// <summary>
/// Owns the work that goes on in the background while the process runs. Work handles the trouble that it knows by itself, a store that is away for one; what it throws beyond that is a fault of
/// Headgate, which must neither end the work unnoticed nor end other work. It is logged at once, shown by <see cref="Failing"/>, and the work is begun again. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="logger">Where faults are told.</param>
public sealed class BackgroundWork(TimeProvider time, ILogger<BackgroundWork> logger) : IAsyncDisposable
{
    /// <summary>How long work rests after its first fault; twice as long after each that follows.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>The longest rest, unless the work has a shorter one.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _begun = [];

    // By the name of the work: when it may be taken to be well again. As many as there are pieces of work.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _failing = new();

    /// <summary>The names, in order, of the work that failed and has not gone on for <see cref="LongestPause"/> since it was begun again.</summary>
    public IReadOnlyList<string> Failing
    {
        get
        {
            DateTimeOffset now = time.GetUtcNow();
            return [.. _failing.Where(work => work.Value > now).Select(work => work.Key).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Begins work, which goes on until it ends of itself or all is stopped, and is begun again after a rest whenever it fails. Work may begin more of it. Never throws.</summary>
    /// <param name="name">What people read of it.</param>
    /// <param name="work">What is to be done; it can be begun anew after it failed. Begun with a token that is cancelled already, it only puts its things away.</param>
    /// <param name="longestPause">The longest rest; null for <see cref="LongestPause"/>.</param>
    public void Begin(string name, Func<CancellationToken, Task> work, TimeSpan? longestPause = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        _begun.Add(RunAsync(name, work, longestPause ?? LongestPause));
    }

    /// <summary>Has all work end, and waits until it has. Nothing is begun after that.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);

        // What work begins while it ends is waited for too.
        while (_begun.TryTake(out Task? work))
            await work.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever it is, it is told, and the work goes on.")]
    private async Task RunAsync(string name, Func<CancellationToken, Task> work, TimeSpan longestPause)
    {
        CancellationToken stop = _stopping.Token;
        TimeSpan pause = FirstPause;
        while (true)
        {
            long begunAt = time.GetTimestamp();
            try
            {
                await work(stop).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                pause = time.GetElapsedTime(begunAt) >= LongestPause ? FirstPause : pause;
                _failing[name] = time.GetUtcNow() + pause + LongestPause;
                BackgroundLog.Failed(logger, name, pause, exception);
                if (stop.IsCancellationRequested)
                    return;
            }

            // Begun again even when all is stopped meanwhile, so that it puts its things away.
            await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < longestPause ? pause * 2 : longestPause;
        }
    }
}
