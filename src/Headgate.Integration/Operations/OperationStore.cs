using Headgate.Integration.Events.Log;
using Headgate.Storage;

namespace Headgate.Integration.Operations;

/// <summary>Writes operations with the events that tell of them, one command each. Thread-safe.</summary>
internal sealed class OperationStore(Store store, EventLog events, TimeProvider time)
{
    public TimeProvider Time => time;

    /// <summary>Keeps an operation that begins.</summary>
    /// <param name="record">The operation.</param>
    /// <param name="claim">What has to be claimed for it, in the same command; null for nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was kept: false when another has what was to be claimed.</returns>
    public Task<bool> InsertAsync(OperationRecord record, OperationClaim? claim, CancellationToken cancellationToken)
    {
        StoreStatement[] begins = [OperationTable.InsertOf(record), events.StatementOf(OperationEvents.Of(OperationEvents.Started, record))];
        StoreScript script = claim is null ? new StoreScript(begins) { AfterCommit = events.Arrived }
            : new StoreScript([claim(record.Id), .. begins]) { AfterCommit = events.Arrived, IsContended = true };
        return store.WriteAsync(script, cancellationToken);
    }

    /// <summary>Keeps a change, unless the operation is another's by now.</summary>
    /// <exception cref="OperationLostException">It is; nothing was kept.</exception>
    public async Task SaveAsync(OperationRecord record, OperationChange change, CancellationToken cancellationToken)
    {
        StoreStatement saves = record.HasEnded ? OperationTable.EndOf(record) : OperationTable.SaveOf(record);
        StoreScript script = change.IsSilent ? new StoreScript(saves)
            : new StoreScript(saves, events.StatementOf(OperationEvents.Of(OperationEvents.TypeOf(record), record, change.Lines, change.Facts))) { AfterCommit = events.Arrived };
        if (!await store.WriteAsync(script, cancellationToken).ConfigureAwait(false))
            throw new OperationLostException(record.Id);
    }

    /// <summary>Counts a failure of the kind.</summary>
    /// <exception cref="OperationLostException">The operation is another's by now.</exception>
    public async Task CountFailureAsync(OperationRecord record, CancellationToken cancellationToken)
    {
        if (!await store.WriteAsync(session => OperationTable.CountFailureAsync(session, record), cancellationToken).ConfigureAwait(false))
            throw new OperationLostException(record.Id);
    }

    /// <summary>An operation as this process has left it.</summary>
    /// <exception cref="OperationLostException">It is another's by now.</exception>
    public async Task<OperationRecord> ReadOwnAsync(OperationRecord record, CancellationToken cancellationToken) =>
        await store.ReadStatementAsync(session => OperationTable.FindOwnAsync(session, record), cancellationToken).ConfigureAwait(false) ?? throw new OperationLostException(record.Id);

    public Task<OperationRecord?> FindAsync(string id, CancellationToken cancellationToken) => store.ReadStatementAsync(session => OperationTable.FindAsync(session, id), cancellationToken);

    /// <summary>Changes an operation from outside, and tells of it.</summary>
    /// <param name="change">The statement; null from it means that there was nothing to change.</param>
    /// <param name="type">The type of the event.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<OperationRecord?> ChangeAsync(Func<StoreSession, DateTimeOffset, ValueTask<OperationRecord?>> change, string type, CancellationToken cancellationToken) => store.WriteAsync(
        async session =>
        {
            OperationRecord? changed = await change(session, time.GetUtcNow()).ConfigureAwait(false);
            if (changed is not null)
                await events.AppendAsync(session, [OperationEvents.Of(type, changed)]).ConfigureAwait(false);
            return changed;
        },
        cancellationToken);
}
