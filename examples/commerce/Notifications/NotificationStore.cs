using Commerce.Shared.Models;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Notifications;

/// <summary>The messages of all tenants; every query names its tenant.</summary>
internal static class NotificationStore
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS notifications (
          id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, user_id TEXT NOT NULL, channel TEXT NOT NULL, recipient TEXT NOT NULL,
          type TEXT NOT NULL, subject TEXT, message TEXT NOT NULL, status TEXT NOT NULL, read INTEGER NOT NULL,
          provider_message_id TEXT, failure_code TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS notifications_user ON notifications (tenant_id, user_id, created_at);
        """;

    public static NotificationRow? Find(SqliteConnection connection, string tenantId, string id) =>
        connection.QuerySingleOrDefault<NotificationRow>(
            "SELECT * FROM notifications WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    public static PageResponse<Notification> List(SqliteConnection connection, string tenantId, string? userId, bool? read, PageQuery page)
    {
        const string where = """
            FROM notifications WHERE tenant_id = @tenantId AND (@userId IS NULL OR user_id = @userId)
              AND (@read IS NULL OR read = @read)
            """;
        var filter = new { tenantId, userId, read, page.Size, page.Offset };
        var total = connection.ExecuteScalar<long>($"SELECT count(*) {where}", filter);
        var rows = connection.Query<NotificationRow>($"SELECT * {where} ORDER BY created_at DESC, id DESC LIMIT @Size OFFSET @Offset", filter);
        return page.Answer([.. rows.Select(row => row.ToNotification())], total);
    }

    public static void Insert(SqliteConnection connection, NotificationRow row) =>
        connection.Execute(
            """
            INSERT INTO notifications VALUES (@Id, @TenantId, @UserId, @Channel, @Recipient, @Type, @Subject, @Message, @Status, @Read,
              @ProviderMessageId, @FailureCode, @CreatedAt, @UpdatedAt)
            """, row);

    public static void Update(SqliteConnection connection, NotificationRow row) =>
        connection.Execute(
            """
            UPDATE notifications SET status = @Status, read = @Read, provider_message_id = @ProviderMessageId,
              failure_code = @FailureCode, updated_at = @UpdatedAt WHERE id = @Id
            """, row);
}
