using Headgate.Storage;

namespace Headgate.Integration.Events.Log;

/// <summary>
/// Gives offsets to events that have arrived in a PostgreSQL store. Transactions commit there in any order, so a number that was taken inside one may become visible
/// after a higher one, and whoever reads on from the higher one would never see it. Here only what is committed gets an offset, by one transaction after the other: they
/// all begin at the one row of the sequence. Any process does it for all of them, so none has to live. Thread-safe.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="self">What tells this process from the others, who are told when there are new offsets.</param>
internal sealed class EventSequencer(Store store, string self)
{
    /// <summary>The name under which every process is told that there are events to be read.</summary>
    public const string Signal = "headgate_events";

    private const int MostAtOnce = 1000;

    /// <summary>Gives an offset to everything that had arrived before the call.</summary>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await store.ReadAsync(AnyWaits, cancellationToken).ConfigureAwait(false))
            await store.WriteAsync(SequenceAsync, cancellationToken).ConfigureAwait(false);
    }

    private static ValueTask<bool> AnyWaits(StoreSession session) => session.FindAsync("SELECT 1 FROM headgate_events WHERE log_offset IS NULL LIMIT 1", _ => true);

    // The first statement waits for whoever sequences now; when that commits, the store begins this command anew, with what was committed meanwhile.
    // By arrival, since one that arrived after the commit of another has the higher number: the events of an aggregate keep their order.
    private async ValueTask<int> SequenceAsync(StoreSession session)
    {
        long last = await session.FindAsync("UPDATE headgate_event_sequence SET last = last WHERE id = 1 RETURNING last", row => row.GetInt64(0)).ConfigureAwait(false);
        int rows = await session.ExecuteAsync(
            """
            UPDATE headgate_events SET log_offset = $1 + waiting.place
            FROM (SELECT arrival, row_number() OVER (ORDER BY arrival) AS place
                  FROM (SELECT arrival FROM headgate_events WHERE log_offset IS NULL ORDER BY arrival LIMIT $2) earliest) waiting
            WHERE headgate_events.arrival = waiting.arrival
            """,
            last, MostAtOnce).ConfigureAwait(false);
        await session.ExecuteAsync("UPDATE headgate_event_sequence SET last = $1 WHERE id = 1", last + rows).ConfigureAwait(false);
        if (rows > 0)
            await session.SignalAsync(Signal, self).ConfigureAwait(false);
        return rows;
    }
}
