using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Shared.Events;

/// <summary>How far the service's consumers have read the event log, inside the database where they write what they made of it.</summary>
internal static class ConsumerTable
{
    public const string Schema =
        "CREATE TABLE IF NOT EXISTS event_consumers (name TEXT PRIMARY KEY, position INTEGER NOT NULL);";

    /// <summary>The offset after which a consumer goes on; 0, the very beginning, for one that has read nothing yet.</summary>
    public static long Position(SqliteConnection connection, string name) =>
        connection.ExecuteScalar<long?>("SELECT position FROM event_consumers WHERE name = @name", new { name }) ?? 0;

    public static int Move(SqliteConnection connection, string name, long position) =>
        connection.Execute(
            "INSERT INTO event_consumers VALUES (@name, @position) ON CONFLICT DO UPDATE SET position = excluded.position", new { name, position });
}
