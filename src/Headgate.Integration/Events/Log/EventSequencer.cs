using Headgate.Storage;

namespace Headgate.Integration.Events.Log;

/// <summary>
/// Gives offsets to events that have arrived in a PostgreSQL store. Transactions commit there in any order, so a number that was taken inside one may become visible
/// after a higher one, and whoever reads on from the higher one would never see it. Here only what is committed gets an offset, by one transaction after the other. Any process does it
/// for all of them, so none has to live. Thread-safe.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="self">What tells this process from the others, who are told when there are new offsets.</param>
internal sealed class EventSequencer(Store store, string self)
{
    /// <summary>The name under which every process is told that there are events to be read.</summary>
    public const string Signal = "headgate_events";

    private const string Turn = "headgate_event_sequence";

    // So that no statement runs long, whatever was left behind.
    private const int MostAtOnce = 10_000;

    // By arrival, since one that arrived after the commit of another has the higher number: the events of an aggregate keep their order.
    //
    // What is not seen yet is of transactions that the snapshot of the last time did not have: that were under way then, or began afterwards. Of those before nothing is looked at, neither rows nor what
    // deleted ones leave behind until the next VACUUM. A snapshot from the future is another server's, from which the database was copied: then everything is looked at. By ctid, which nobody changes
    // here: a join would be planned for a table that is empty as a rule. The others are told in the same statement, which goes to the server with the wait for the turn: one message, and the commit.
    private const string Sequence = """
        WITH waiting AS (
            DELETE FROM headgate_event_arrivals WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM headgate_event_arrivals
                WHERE (txid >= (SELECT CASE WHEN pg_snapshot_xmax(seen) > pg_snapshot_xmax(pg_current_snapshot()) THEN '0' ELSE pg_snapshot_xmax(seen) END FROM headgate_event_sequence WHERE id = 1)
                        AND txid < pg_snapshot_xmax(pg_current_snapshot()))
                    OR txid = ANY (ARRAY(SELECT pg_snapshot_xip(seen) FROM headgate_event_sequence WHERE id = 1))
                ORDER BY arrival LIMIT $1))
            RETURNING arrival),
        numbered AS (
            INSERT INTO headgate_event_offsets (log_offset, arrival)
            SELECT last + row_number() OVER (ORDER BY arrival), arrival FROM waiting, headgate_event_sequence WHERE id = 1
            RETURNING log_offset)
        UPDATE headgate_event_sequence SET last = made.last, seen = CASE WHEN made.rows < $1 THEN pg_current_snapshot() ELSE seen END
        FROM (SELECT MAX(log_offset) AS last, COUNT(*) AS rows FROM numbered) made WHERE id = 1 AND made.rows > 0
        RETURNING made.rows, pg_notify($2, $3)
        """;

    /// <summary>Gives an offset to everything that had arrived before the call.</summary>
    /// <returns>Whether there was anything.</returns>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        bool isAny = false;
        while (true)
        {
            long rows = await store.WriteInTurnAsync(Turn, session => session.FindAsync(Sequence, row => row.GetInt64(0), MostAtOnce, Signal, self), cancellationToken).ConfigureAwait(false);
            isAny |= rows > 0;
            if (rows < MostAtOnce)
                return isAny;
        }
    }
}
