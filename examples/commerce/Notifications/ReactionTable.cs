using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Notifications;

/// <summary>Which message belongs to which event: one at most, whatever is repeated.</summary>
internal static class ReactionTable
{
    public const string Schema =
        "CREATE TABLE IF NOT EXISTS reactions (event_id TEXT PRIMARY KEY, notification_id TEXT NOT NULL REFERENCES notifications (id));";

    public static string? Find(SqliteConnection connection, string eventId) =>
        connection.QuerySingleOrDefault<string>("SELECT notification_id FROM reactions WHERE event_id = @eventId", new { eventId });

    public static void Insert(SqliteConnection connection, string eventId, string notificationId) =>
        connection.Execute("INSERT INTO reactions VALUES (@eventId, @notificationId)", new { eventId, notificationId });
}
