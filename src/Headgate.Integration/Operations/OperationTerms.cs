using Headgate.Gateway.Background;
using Headgate.Storage;
using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Operations;

/// <summary>Keeps telling the store that this process lives, one term after the other, and has left operations gone on with meanwhile. Run by one thread; <see cref="Current"/> is thread-safe.</summary>
internal sealed class OperationTerms(Store store, OperationSweeper sweeper, OperationWorker worker, TimeProvider time, ILogger logger)
{
    /// <summary>How often the store is told that this process lives, and asked what nobody is at and what was cancelled elsewhere.</summary>
    public static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(5);

    /// <summary>How long kinds may take to let go.</summary>
    public static readonly TimeSpan LetGoTime = TimeSpan.FromSeconds(10);

    private WorkerTerm? _current;
    private string _home = "";
    private bool _inTrouble;

    /// <summary>The term; null before the first, and when the process stops.</summary>
    public WorkerTerm? Current => Volatile.Read(ref _current);

    /// <summary>Begins the first term.</summary>
    /// <param name="home">What one process alone has at a time: who had it before is dead. Null for nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">The store could not be told.</exception>
    public Task BeginAsync(string? home, CancellationToken cancellationToken)
    {
        _home = home ?? "";
        return BeginAsync(before: null, isFirst: true, cancellationToken);
    }

    /// <summary>Runs until cancelled, and then lets go.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Rounds.RunAsync(BeatEvery, time, atOnce: true, TryBeatAsync, cancellationToken).ConfigureAwait(false);
        await StopAsync().ConfigureAwait(false);
    }

    private async Task BeginAsync(WorkerTerm? before, bool isFirst, CancellationToken cancellationToken)
    {
        var term = new WorkerTerm(time.GetTimestamp(), time);
        await store.WriteAsync(
            async session =>
            {
                await WorkerTable.BeginAsync(session, term.Instance, _home, time.GetUtcNow() + WorkerTerm.LeaseTime).ConfigureAwait(false);
                if (before is not null)
                    await WorkerTable.EndAsync(session, before.Instance).ConfigureAwait(false);

                // An SQLite store is one instance's: whoever else says that it lives does not.
                if (!isFirst)
                    return 0;
                return store.Location.Engine == StoreEngine.Sqlite
                    ? await WorkerTable.EndOthersAsync(session, term.Instance).ConfigureAwait(false)
                    : await WorkerTable.EndPredecessorsAsync(session, term.Instance, _home).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _current, term);
    }

    private async Task TryBeatAsync(CancellationToken cancellationToken)
    {
        try
        {
            await BeatAsync(cancellationToken).ConfigureAwait(false);
            if (_inTrouble)
                OperationLog.Recovered(logger);
            _inTrouble = false;
        }
        catch (StoreException exception)
        {
            if (!_inTrouble)
                OperationLog.Trouble(logger, exception.Message);
            _inTrouble = true;
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        WorkerTerm term = Current!;
        long since = time.GetTimestamp();
        if (term.IsHeld && await store.WriteAsync(session => WorkerTable.RenewAsync(session, term.Instance, time.GetUtcNow()), cancellationToken).ConfigureAwait(false))
        {
            term.Renewed(since);
        }
        else
        {
            await term.EndAsync().ConfigureAwait(false);
            OperationLog.TermOver(logger, WorkerTerm.HeldTime, worker.Running);
            bool letGo = await worker.EndedAsync(LetGoTime).ConfigureAwait(false);
            await BeginAsync(letGo ? term : null, isFirst: false, cancellationToken).ConfigureAwait(false);
            term = Current!;
        }

        foreach ((string id, DateTimeOffset at) in await store.ReadAsync(session => WorkerTable.ListCancelledAsync(session, term.Instance), cancellationToken).ConfigureAwait(false))
            await (worker.Find(id)?.RequestCancelAsync(at) ?? Task.CompletedTask).ConfigureAwait(false);
        await sweeper.SweepAsync(term, cancellationToken).ConfigureAwait(false);
    }

    private async Task StopAsync()
    {
        WorkerTerm term = Current!;
        Volatile.Write(ref _current, null);
        await term.EndAsync().ConfigureAwait(false);
        if (!await worker.EndedAsync(LetGoTime).ConfigureAwait(false))
        {
            OperationLog.NotHandedBack(logger, worker.Running, LetGoTime);
            return;
        }

        try
        {
            await store.WriteAsync(
                async session =>
                {
                    await WorkerTable.HandBackAsync(session, term.Instance, time.GetUtcNow()).ConfigureAwait(false);
                    return await WorkerTable.EndAsync(session, term.Instance).ConfigureAwait(false);
                },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException exception)
        {
            // The lease of this process ends by itself.
            OperationLog.Trouble(logger, exception.Message);
        }
    }
}
