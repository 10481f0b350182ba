using System.Collections.Concurrent;
using Headgate.Storage;
using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Operations;

/// <summary>Has the operations of this process carried out by their kinds, and sees to it that each comes to an end. Thread-safe.</summary>
internal sealed class OperationWorker(IReadOnlyDictionary<string, OperationKind> kinds, OperationStore store, OperationCounts counts, ILogger logger)
{
    /// <summary>The most operations that a process is at, but for those that others left.</summary>
    public const int MostRunning = 10_000;

    /// <summary>How many more it goes on with that others left: those that begin would else take every place as soon as it is free, and what was left would wait for ever.</summary>
    public const int MostLeft = 100;

    /// <summary>How often a kind may fail unexpectedly over one operation.</summary>
    public const int MostFailures = 10;

    /// <summary>How often in a row whoever is at an operation may die without getting any further.</summary>
    public const int MostTakeovers = 10;

    private static readonly TimeSpan s_firstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromMinutes(1);
    private static readonly OperationError s_gaveUp = new("INTERNAL_ERROR", "The operation could not be carried out.");

    private readonly ConcurrentDictionary<string, (OperationRun Run, Task Task)> _running = new(StringComparer.Ordinal);
    private int _places;

    /// <summary>How many operations this process is at.</summary>
    public int Running => Volatile.Read(ref _places);

    /// <summary>Takes a place for one more operation that begins; false when there is none.</summary>
    public bool TryEnter() => TryEnter(MostRunning);

    /// <summary>Takes a place for one more operation that nobody is at; false when there is none.</summary>
    public bool TryEnterLeft() => TryEnter(MostRunning + MostLeft);

    /// <summary>Gives back a place that was taken for nothing.</summary>
    public void Leave() => Interlocked.Decrement(ref _places);

    /// <summary>Begins with an operation for which a place was taken.</summary>
    public OperationRun Begin(OperationRecord record, WorkerTerm term)
    {
        var run = new OperationRun(record, term, store);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[record.Id] = (run, RunAsync(run, entered.Task, term.Over));
        entered.SetResult();
        return run;
    }

    /// <summary>The operation of an id, when this process is at it.</summary>
    public OperationRun? Find(string id) => _running.TryGetValue(id, out (OperationRun Run, Task Task) found) ? found.Run : null;

    /// <summary>Waits until this process is at nothing any more, after a term is over.</summary>
    /// <returns>Whether it came to that in time.</returns>
    public async Task<bool> EndedAsync(TimeSpan longest)
    {
        Task all = Task.WhenAll(_running.Values.Select(running => running.Task));
        await all.WaitAsync(longest, store.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return all.IsCompleted;
    }

    private bool TryEnter(int most)
    {
        if (Interlocked.Increment(ref _places) <= most)
            return true;
        Leave();
        return false;
    }

    private async Task RunAsync(OperationRun run, Task entered, CancellationToken stopped)
    {
        await entered.ConfigureAwait(false);
        try
        {
            while (!run.Record.HasEnded && await TryRunAsync(run, stopped).ConfigureAwait(false))
            {
                // It goes on.
            }
        }
        catch (OperationLostException)
        {
            OperationLog.Lost(logger, run.Record.Id, run.Record.Kind);
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // Another goes on with it.
        }
        catch (Exception exception) when (stopped.IsCancellationRequested)
        {
            OperationLog.BrokeStopping(logger, run.Record.Id, run.Record.Kind, exception);
        }
        finally
        {
            // One that was lost may be this process's again by now, as another run.
            if (_running.TryGetValue(run.Record.Id, out (OperationRun Run, Task Task) known) && known.Run == run)
                _running.TryRemove(KeyValuePair.Create(run.Record.Id, known));
            Leave();
            if (run.Record.HasEnded)
                counts.Ended(run.Record);
            run.LetGo();
        }
    }

    /// <summary>Has the kind go on; false when it did what it could in this process.</summary>
    private async Task<bool> TryRunAsync(OperationRun run, CancellationToken stopped)
    {
        OperationRecord record = run.Record;
        try
        {
            if (record.Takeovers >= MostTakeovers)
                return await GiveUpAsync(run, $"{record.Takeovers} instances in a row died while they were at it.").ConfigureAwait(false);
            if (!kinds.TryGetValue(record.Kind, out OperationKind? kind))
                return await GiveUpAsync(run, $"No instance knows operations of the kind '{record.Kind}'.").ConfigureAwait(false);
            await kind.RunAsync(run, stopped).ConfigureAwait(false);
            stopped.ThrowIfCancellationRequested();
            return run.Record.HasEnded ? false : throw new InvalidOperationException($"The kind '{record.Kind}' returned before the operation had ended.");
        }
        catch (StoreException exception) when (exception.Problem.Kind is not (StoreErrorKind.Statement or StoreErrorKind.Constraint))
        {
            OperationLog.Waits(logger, record.Id, record.Kind, exception.Message);
            await ReadAgainAsync(run, stopped).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is not OperationLostException && !stopped.IsCancellationRequested)
        {
            return await FailAsync(run, exception, stopped).ConfigureAwait(false);
        }
    }

    private async Task<bool> FailAsync(OperationRun run, Exception exception, CancellationToken stopped)
    {
        try
        {
            await run.CountFailureAsync(CancellationToken.None).ConfigureAwait(false);
            int failures = run.Record.Failures;
            counts.Failed();
            TimeSpan delay = DelayAfter(failures);
            OperationLog.Failed(logger, run.Record.Id, run.Record.Kind, failures, delay, exception);
            if (failures >= MostFailures)
                return await GiveUpAsync(run, $"It failed {failures} times unexpectedly; the log of Headgate says why, under this id.").ConfigureAwait(false);
            await Task.Delay(delay, store.Time, stopped).ConfigureAwait(false);
        }
        catch (StoreException failed)
        {
            OperationLog.Waits(logger, run.Record.Id, run.Record.Kind, failed.Message);
        }

        await ReadAgainAsync(run, stopped).ConfigureAwait(false);
        return true;
    }

    // What was saved last may be there or not, and the kind goes on from what is.
    private async Task ReadAgainAsync(OperationRun run, CancellationToken stopped)
    {
        while (true)
        {
            try
            {
                await Task.Delay(s_firstDelay, store.Time, stopped).ConfigureAwait(false);
                await run.RefreshAsync(stopped).ConfigureAwait(false);
                return;
            }
            catch (StoreException)
            {
                // The store's own log says why, and its health; this one has said that it waits.
            }
        }
    }

    private async Task<bool> GiveUpAsync(OperationRun run, string reason)
    {
        OperationLog.GivenUp(logger, run.Record.Id, run.Record.Kind, reason);
        await run.SaveAsync(new OperationChange { End = OperationState.Failed, Attention = reason, Error = s_gaveUp }, CancellationToken.None).ConfigureAwait(false);
        return false;
    }

    private static TimeSpan DelayAfter(int failures) => TimeSpan.FromTicks(Math.Min(s_longestDelay.Ticks, s_firstDelay.Ticks << Math.Min(failures - 1, 10)));
}
