using Headgate.Integration.Events.Log;
using Headgate.Storage;

namespace Headgate.Integration.Operations;

/// <summary>Reads what operations told: their events. Thread-safe.</summary>
internal sealed class LogReader(Store store, EventLog log)
{
    /// <summary>Reads on from an offset.</summary>
    public Task<LoggedPage> ReadAsync(string id, long after, int most, CancellationToken cancellationToken) => store.ReadAsync(
        async session =>
        {
            IReadOnlyList<LoggedEntry> entries = await session.ListAsync(
                $"SELECT log_offset, type, time, payload FROM headgate_event_log WHERE source = '{OperationEvents.Source}' AND aggregateid = $1 AND log_offset > $2 ORDER BY log_offset LIMIT $3",
                row => new LoggedEntry(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetBytes(3)),
                id, after, most).ConfigureAwait(false);
            bool hasEnded = await session.FindAsync("SELECT 1 FROM headgate_operations WHERE id = $1 AND ended IS NULL", _ => true, id).ConfigureAwait(false) is false;
            long trimmed = await EventTable.TrimmedAsync(session).ConfigureAwait(false);

            // On PostgreSQL the last event may have no offset yet when the operation has ended already.
            bool isWhole = !hasEnded || store.Location.Engine == StoreEngine.Sqlite || await session.FindAsync(
                $"SELECT 1 FROM headgate_events told WHERE source = '{OperationEvents.Source}' AND aggregateid = $1 AND NOT EXISTS (SELECT 1 FROM headgate_event_offsets place WHERE place.arrival = told.arrival) LIMIT 1",
                _ => true, id).ConfigureAwait(false) is false;
            return new LoggedPage(
                entries,
                entries is [.., var last] ? last.Offset : after,
                await EventTable.EndAsync(session).ConfigureAwait(false),
                IsAtEnd: entries.Count < most,
                HasEnded: hasEnded && isWhole,
                Recovered: after == 0 ? trimmed == 0 || entries is [{ Type: OperationEvents.Started }, ..] : after >= trimmed);
        },
        cancellationToken);

    /// <summary>Waits until the log may have more of an operation.</summary>
    /// <param name="record">The operation.</param>
    /// <param name="end">The <see cref="LoggedPage.End"/> of what was read last.</param>
    /// <param name="longest">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait as if its time were over.</param>
    public Task<EventWait> WaitAsync(OperationRecord record, long end, TimeSpan longest, CancellationToken cancellationToken) =>
        log.WaitUncountedAsync(end, EventFilter.Everything.Of(AggregateSlot.Of(record.Tenant, OperationEvents.AggregateType, record.Id), AggregateSlot.Count), longest, cancellationToken);
}
