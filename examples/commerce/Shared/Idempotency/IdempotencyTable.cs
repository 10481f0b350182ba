using Commerce.Shared.Data;
using Commerce.Shared.Web;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Shared.Idempotency;

/// <summary>The table of keys and kept answers, inside the database whose changes it speaks of.</summary>
internal static class IdempotencyTable
{
    /// <summary>
    /// How long a service of the shop knows a key after it came. Whoever may still come with it has to come sooner: the gateway repeats a saga's calls for
    /// <c>repeatFor</c>, which is a week beyond the saga's timeout unless the document says otherwise. Later it asks a person.
    /// </summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public const string Schema = """
        CREATE TABLE IF NOT EXISTS idempotency_keys (
          tenant TEXT NOT NULL, caller TEXT NOT NULL, endpoint TEXT NOT NULL, key TEXT NOT NULL,
          fingerprint TEXT NOT NULL, resource_id TEXT, status INTEGER, headers TEXT, body BLOB, created_at TEXT NOT NULL,
          PRIMARY KEY (tenant, caller, endpoint, key)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS withdrawn_keys (
          tenant TEXT NOT NULL, caller TEXT NOT NULL, key TEXT NOT NULL, created_at TEXT NOT NULL, PRIMARY KEY (tenant, caller, key)) WITHOUT ROWID;
        """;

    /// <summary>For services that forget keys: finds those that came long ago.</summary>
    public const string AgeSchema = """
        CREATE INDEX IF NOT EXISTS idempotency_keys_age ON idempotency_keys (created_at) WHERE status IS NOT NULL;
        CREATE INDEX IF NOT EXISTS withdrawn_keys_age ON withdrawn_keys (created_at);
        """;

    public static IdempotencyEntry? Find(SqliteConnection connection, IdempotencyScope scope) =>
        connection.QuerySingleOrDefault<IdempotencyEntry>(
            """
            SELECT fingerprint, resource_id, status, headers, body FROM idempotency_keys
            WHERE tenant = @Tenant AND caller = @Caller AND endpoint = @Endpoint AND key = @Key
            """, scope);

    /// <summary>Whether what has this key was undone before it came.</summary>
    public static bool IsWithdrawn(SqliteConnection connection, IdempotencyScope scope) =>
        connection.ExecuteScalar<bool>(
            "SELECT EXISTS (SELECT 1 FROM withdrawn_keys WHERE tenant = @Tenant AND caller = @Caller AND key = @Key)", scope);

    /// <summary>Has whatever comes under this key from now on come too late.</summary>
    public static void Withdraw(SqliteConnection connection, IdempotencyScope scope, TimeProvider clock) =>
        connection.Execute(
            "INSERT INTO withdrawn_keys VALUES (@Tenant, @Caller, @Key, @now) ON CONFLICT DO NOTHING",
            new { scope.Tenant, scope.Caller, scope.Key, now = Timestamps.Now(clock) });

    /// <summary>The body of what was created under this key, at whatever endpoint; null when nothing was.</summary>
    public static byte[]? FindCreated(SqliteConnection connection, IdempotencyScope scope) =>
        connection.QueryFirstOrDefault<byte[]>(
            "SELECT body FROM idempotency_keys WHERE tenant = @Tenant AND caller = @Caller AND key = @Key AND status = 201", scope);

    /// <summary>Forgets keys that came before a point in time, but for those under which something is under way.</summary>
    /// <param name="connection">The transaction.</param>
    /// <param name="before">The time.</param>
    /// <param name="most">How many of each kind at most, the oldest first.</param>
    /// <returns>How many; fewer than <paramref name="most"/> when none is left.</returns>
    public static int Forget(SqliteConnection connection, DateTimeOffset before, int most)
    {
        var oldest = new { before = Timestamps.Text(before), most };
        return connection.Execute(
            """
            DELETE FROM idempotency_keys WHERE (tenant, caller, endpoint, key) IN (
              SELECT tenant, caller, endpoint, key FROM idempotency_keys WHERE status IS NOT NULL AND created_at < @before ORDER BY created_at LIMIT @most)
            """, oldest)
            + connection.Execute(
            """
            DELETE FROM withdrawn_keys WHERE (tenant, caller, key) IN (
              SELECT tenant, caller, key FROM withdrawn_keys WHERE created_at < @before ORDER BY created_at LIMIT @most)
            """, oldest);
    }

    public static void Begin(SqliteConnection connection, IdempotencyScope scope, string fingerprint, string resourceId, TimeProvider clock) =>
        connection.Execute(
            """
            INSERT INTO idempotency_keys (tenant, caller, endpoint, key, fingerprint, resource_id, created_at)
            VALUES (@Tenant, @Caller, @Endpoint, @Key, @fingerprint, @resourceId, @now)
            """,
            new { scope.Tenant, scope.Caller, scope.Endpoint, scope.Key, fingerprint, resourceId, now = Timestamps.Now(clock) });

    public static void Finish(SqliteConnection connection, IdempotencyScope scope, string fingerprint, Answer answer, TimeProvider clock) =>
        connection.Execute(
            """
            INSERT INTO idempotency_keys (tenant, caller, endpoint, key, fingerprint, status, headers, body, created_at)
            VALUES (@Tenant, @Caller, @Endpoint, @Key, @fingerprint, @Status, @headers, @Body, @now)
            ON CONFLICT DO UPDATE SET status = excluded.status, headers = excluded.headers, body = excluded.body
            """,
            new
            {
                scope.Tenant,
                scope.Caller,
                scope.Endpoint,
                scope.Key,
                fingerprint,
                answer.Status,
                headers = Json.Text(answer.Headers),
                answer.Body,
                now = Timestamps.Now(clock),
            });
}
