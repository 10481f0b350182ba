using Headgate.Integration.Events.Log;
using Headgate.Storage;
using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Operations;

/// <summary>Finds operations that nobody is at who is alive, and has this process go on with them. Used by one thread at a time.</summary>
internal sealed class OperationSweeper(IReadOnlyDictionary<string, OperationKind> kinds, Store store, EventLog events, OperationWorker worker, DoubtfulOperations doubts, OperationCounts counts, TimeProvider time, ILogger logger)
{
    /// <summary>The most that are taken over by one command: no other waits long for it.</summary>
    public const int MostAtOnce = 100;

    /// <summary>How long an operation waits for an instance that knows its kind: during an upgrade there may be some that do not.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Goes on with what there is, as far as there is room.</summary>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public async Task SweepAsync(WorkerTerm term, CancellationToken cancellationToken)
    {
        await TakeDoubtfulAsync(term, cancellationToken).ConfigureAwait(false);
        foreach (string kind in kinds.Keys)
            await TakeAllAsync(session => WorkerTable.ListOrphansAsync(session, kind, MostAtOnce), term, cancellationToken).ConfigureAwait(false);
        await TakeAllAsync(session => WorkerTable.ListForgottenAsync(session, time.GetUtcNow() - Patience, MostAtOnce), term, cancellationToken).ConfigureAwait(false);
    }

    // Those that the store does not have under the name of this process it has not yet, or never, or as another's.
    private async Task TakeDoubtfulAsync(WorkerTerm term, CancellationToken cancellationToken)
    {
        foreach (Orphan[] some in doubts.All.Chunk(MostAtOnce))
        {
            Orphan[] mine = [.. some.TakeWhile(_ => worker.TryEnterLeft())];
            if (mine.Length == 0)
                return;
            IReadOnlyList<OperationRecord> taken = await TakeAsync(mine, term, cancellationToken).ConfigureAwait(false);
            doubts.Settle(mine, taken.Select(record => record.Id), time.GetUtcNow());
        }
    }

    private async Task TakeAllAsync(Func<StoreSession, ValueTask<IReadOnlyList<Orphan>>> list, WorkerTerm term, CancellationToken cancellationToken)
    {
        IReadOnlyList<Orphan> orphans;
        do
        {
            orphans = await store.ReadAsync(list, cancellationToken).ConfigureAwait(false);
            Orphan[] mine = [.. orphans.TakeWhile(_ => worker.TryEnterLeft())];
            if (mine.Length == 0)
                return;
            await TakeAsync(mine, term, cancellationToken).ConfigureAwait(false);
        }
        while (orphans.Count == MostAtOnce);
    }

    private async Task<IReadOnlyList<OperationRecord>> TakeAsync(Orphan[] orphans, WorkerTerm term, CancellationToken cancellationToken)
    {
        var taken = new List<OperationRecord>();
        try
        {
            taken = await store.WriteAsync(session => TakeAsync(session, orphans, term.Instance), cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException exception) when (exception.OutcomeUnknown)
        {
            doubts.Add(time.GetUtcNow(), orphans.Select(orphan => orphan with { Worker = term.Instance }));
            throw;
        }
        finally
        {
            for (int i = taken.Count; i < orphans.Length; i++)
                worker.Leave();
        }

        foreach (OperationRecord record in taken)
            worker.Begin(record, term);
        counts.TakenOver(taken.Count);
        if (taken.Count > 0)
            OperationLog.TakenOver(logger, taken.Count);
        return taken;
    }

    private async ValueTask<List<OperationRecord>> TakeAsync(StoreSession session, Orphan[] orphans, string instance)
    {
        var taken = new List<OperationRecord>();
        foreach (Orphan orphan in orphans)
        {
            if (await WorkerTable.TakeAsync(session, orphan, instance, time.GetUtcNow()).ConfigureAwait(false) is { } record)
                taken.Add(record);
        }

        await events.AppendAsync(session, [.. taken.Select(record => OperationEvents.Of(OperationEvents.Resumed, record))]).ConfigureAwait(false);
        return taken;
    }
}
