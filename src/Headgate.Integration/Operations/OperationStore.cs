using Headgate.Integration.Events.Log;
using Headgate.Storage;

namespace Headgate.Integration.Operations;

/// <summary>Writes operations with the events that tell of them, one command each. Thread-safe.</summary>
internal sealed class OperationStore(Store store, EventLog events, TimeProvider time)
{
    public TimeProvider Time => time;

    /// <summary>Keeps an operation that begins.</summary>
    /// <param name="record">The operation.</param>
    /// <param name="claim">What is kept with it, in the same command: false from it means that nothing is to be kept.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was kept.</returns>
    public Task<bool> InsertAsync(OperationRecord record, OperationClaim? claim, CancellationToken cancellationToken)
    {
        NewEvent[] tells = [OperationEvents.Of(OperationEvents.Started, record)];
        return store.WriteAsync(
            async session =>
            {
                if (claim is not null && !await claim(session, record.Id).ConfigureAwait(false))
                    return false;
                await OperationTable.InsertAsync(session, record).ConfigureAwait(false);
                await events.AppendAsync(session, tells).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Keeps a change, unless the operation is another's by now.</summary>
    /// <exception cref="OperationLostException">It is; nothing was kept.</exception>
    public Task SaveAsync(OperationRecord record, OperationChange change, CancellationToken cancellationToken)
    {
        NewEvent[] tells = change.IsSilent ? [] : [OperationEvents.Of(OperationEvents.TypeOf(record), record, change.Lines, change.Facts)];
        return store.WriteAsync(
            async session =>
            {
                bool isOwn = record.HasEnded
                    ? await OperationTable.EndAsync(session, record).ConfigureAwait(false)
                    : await OperationTable.SaveAsync(session, record).ConfigureAwait(false);
                if (!isOwn)
                    throw new OperationLostException(record.Id);
                if (tells.Length > 0)
                    await events.AppendAsync(session, tells).ConfigureAwait(false);
                return 0;
            },
            cancellationToken);
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
        await store.ReadAsync(session => OperationTable.FindOwnAsync(session, record), cancellationToken).ConfigureAwait(false) ?? throw new OperationLostException(record.Id);

    public Task<OperationRecord?> FindAsync(string id, CancellationToken cancellationToken) => store.ReadAsync(session => OperationTable.FindAsync(session, id), cancellationToken);

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
