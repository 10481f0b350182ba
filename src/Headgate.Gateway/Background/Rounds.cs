namespace Headgate.Gateway.Background;

/// <summary>Work that is done again and again, at intervals. Stateless, thread-safe.</summary>
public static class Rounds
{
    /// <summary>Does it until cancelled, one round after the other: the next is due an interval after the last was, or at once where the last took longer. Returns when it is cancelled.</summary>
    /// <param name="every">The interval.</param>
    /// <param name="time">The clock.</param>
    /// <param name="atOnce">Whether the first round is now, and not after the first interval.</param>
    /// <param name="round">What is done. What it throws ends the work.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task RunAsync(TimeSpan every, TimeProvider time, bool atOnce, Func<CancellationToken, Task> round, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(round);
        using var timer = new PeriodicTimer(every, time);
        try
        {
            if (atOnce)
                await round(cancellationToken).ConfigureAwait(false);
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
                await round(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It was told to end.
        }
    }

    /// <inheritdoc cref="RunAsync(TimeSpan, TimeProvider, bool, Func{CancellationToken, Task}, CancellationToken)"/>
    public static Task RunAsync(TimeSpan every, TimeProvider time, bool atOnce, Action<CancellationToken> round, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(round);
        return RunAsync(
            every,
            time,
            atOnce,
            stop =>
            {
                round(stop);
                return Task.CompletedTask;
            },
            cancellationToken);
    }
}
