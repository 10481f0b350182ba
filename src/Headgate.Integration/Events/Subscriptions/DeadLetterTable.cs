using Headgate.Integration.Events.Log;
using Headgate.Storage;

namespace Headgate.Integration.Events.Subscriptions;

/// <summary>The SQL of dead letters. Stateless, thread-safe.</summary>
internal static class DeadLetterTable
{
    /// <summary>The most dead letters of a subscription: beyond, an event that fails is tried again and again, and its partition waits.</summary>
    public const int Most = 10_000;

    private const string Columns = "id, subscription, log_offset, event, type, aggregatetype, aggregateid, tenant, attempts, error, failedat, retry";

    // The first of its aggregate, or the subscription is one in which aggregates go on: parameters $1 subscription, $2 partitions, $3 partition, $4 strict.
    private const string Due = """
        subscription = $1 AND slot % $2 = $3 AND retry AND (NOT $4 OR NOT EXISTS (
            SELECT 1 FROM headgate_dead_letters earlier WHERE earlier.subscription = letter.subscription AND earlier.aggregatetype = letter.aggregatetype
            AND earlier.aggregateid = letter.aggregateid AND earlier.tenant = letter.tenant AND earlier.log_offset < letter.log_offset))
        """;

    public static ValueTask<int> InsertAsync(StoreSession session, string id, string subscription, StoredEvent stored, int attempts, string error, DateTimeOffset now)
    {
        NewEvent told = stored.Event;
        return session.ExecuteAsync(
            """
            INSERT INTO headgate_dead_letters (id, subscription, log_offset, event, type, aggregatetype, aggregateid, tenant, attempts, error, failedat, retry, slot)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, FALSE, $12) ON CONFLICT (subscription, log_offset) DO NOTHING
            """,
            id, subscription, stored.Offset, stored.Id, told.Type, told.AggregateType, told.AggregateId, told.Tenant ?? "", attempts, error, now, AggregateSlot.Of(told.Tenant, told.AggregateType, told.AggregateId));
    }

    public static ValueTask<long> CountAsync(StoreSession session, string subscription) =>
        session.FindAsync("SELECT COUNT(*) FROM headgate_dead_letters WHERE subscription = $1", row => row.GetInt64(0), subscription);

    /// <summary>The next letter of a partition that is to be tried again, or null.</summary>
    public static ValueTask<DeadLetter?> FindDueAsync(StoreSession session, string subscription, int partitions, int part, bool strict) =>
        session.FindAsync($"SELECT {Columns} FROM headgate_dead_letters letter WHERE {Due} ORDER BY log_offset LIMIT 1", Read, subscription, partitions, part, strict);

    /// <summary>The aggregates of a partition that have a letter.</summary>
    public static ValueTask<IReadOnlyList<(string Tenant, string Type, string Id)>> ListAggregatesAsync(StoreSession session, string subscription, int partitions, int part) => session.ListAsync(
        "SELECT DISTINCT tenant, aggregatetype, aggregateid FROM headgate_dead_letters WHERE subscription = $1 AND slot % $2 = $3",
        row => (row.GetString(0), row.GetString(1), row.GetString(2)),
        subscription, partitions, part);

    /// <summary>Letters in the order in which they came to be.</summary>
    /// <param name="session">The session.</param>
    /// <param name="subscription">Whose; null for all.</param>
    /// <param name="after">The id after which the list goes on; empty for its beginning.</param>
    /// <param name="most">The most that are listed.</param>
    public static ValueTask<IReadOnlyList<DeadLetter>> ListAsync(StoreSession session, string? subscription, string after, int most) => subscription is null
        ? session.ListAsync($"SELECT {Columns} FROM headgate_dead_letters WHERE id > $1 ORDER BY id LIMIT $2", Read, after, most)
        : session.ListAsync($"SELECT {Columns} FROM headgate_dead_letters WHERE id > $1 AND subscription = $3 ORDER BY id LIMIT $2", Read, after, most, subscription);

    public static ValueTask<DeadLetter?> FindAsync(StoreSession session, string id) =>
        session.FindAsync($"SELECT {Columns} FROM headgate_dead_letters WHERE id = $1", Read, id);

    /// <summary>Has a letter tried again; null when there is none.</summary>
    public static ValueTask<DeadLetter?> RetryAsync(StoreSession session, string id) =>
        session.FindAsync($"UPDATE headgate_dead_letters SET retry = TRUE WHERE id = $1 RETURNING {Columns}", Read, id);

    /// <summary>Notes that a letter failed again.</summary>
    public static ValueTask<int> FailAsync(StoreSession session, string id, string error, DateTimeOffset now) =>
        session.ExecuteAsync("UPDATE headgate_dead_letters SET retry = FALSE, attempts = attempts + 1, error = $2, failedat = $3 WHERE id = $1", id, error, now);

    public static ValueTask<int> DeleteAsync(StoreSession session, string id) => session.ExecuteAsync("DELETE FROM headgate_dead_letters WHERE id = $1", id);

    /// <summary>Deletes the letters whose events are deleted.</summary>
    public static ValueTask<int> TrimAsync(StoreSession session, long through) => session.ExecuteAsync("DELETE FROM headgate_dead_letters WHERE log_offset <= $1", through);

    private static DeadLetter Read(StoreRow row) => new(
        row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7) is { Length: > 0 } tenant ? tenant : null,
        row.GetInt32(8), row.GetString(9), row.GetTime(10), row.GetBoolean(11));
}
