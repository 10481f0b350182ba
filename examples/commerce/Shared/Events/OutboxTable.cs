using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Shared.Events;

/// <summary>The table of events on their way to the log, inside the database whose changes they speak of. Its numbers grow in the order of commits.</summary>
internal static class OutboxTable
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS outbox (
          seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, aggregate_type TEXT NOT NULL, aggregate_id TEXT NOT NULL,
          type TEXT NOT NULL, payload TEXT NOT NULL, tenant_id TEXT NOT NULL, time TEXT NOT NULL, correlation_id TEXT, causation_id TEXT,
          refused TEXT);
        CREATE INDEX IF NOT EXISTS outbox_waiting ON outbox (seq) WHERE refused IS NULL;
        """;

    public static void Insert(SqliteConnection connection, OutboxRow row) =>
        connection.Execute(
            """
            INSERT INTO outbox (id, aggregate_type, aggregate_id, type, payload, tenant_id, time, correlation_id, causation_id)
            VALUES (@Id, @AggregateType, @AggregateId, @Type, @Payload, @TenantId, @Time, @CorrelationId, @CausationId)
            """, row);

    /// <summary>The events that wait longest, in their order: at most so many, and beyond the first no more than so many characters of data.</summary>
    public static IReadOnlyList<OutboxRow> Next(SqliteConnection connection, int most, int mostChars)
    {
        var rows = new List<OutboxRow>();
        var chars = 0;
        foreach (var row in connection.Query<OutboxRow>(
            "SELECT * FROM outbox WHERE refused IS NULL ORDER BY seq LIMIT @most", new { most }, buffered: false))
        {
            chars += row.Payload.Length;
            if (rows.Count > 0 && chars > mostChars)
                break;
            rows.Add(row);
        }

        return rows;
    }

    public static int Remove(SqliteConnection connection, IEnumerable<long> numbers) =>
        connection.Execute("DELETE FROM outbox WHERE seq IN @numbers", new { numbers });

    /// <summary>Sets aside what the log will never take, with the reason, so that what comes after it goes on.</summary>
    public static int Refuse(SqliteConnection connection, long number, string reason) =>
        connection.Execute("UPDATE outbox SET refused = @reason WHERE seq = @number", new { number, reason });
}
