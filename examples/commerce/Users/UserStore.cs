using Commerce.Shared.Data;
using Commerce.Shared.Models;
using Commerce.Shared.Web;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Users;

/// <summary>The users of all tenants; every query but the sign-in names its tenant.</summary>
internal static class UserStore
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS users (
          id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, username TEXT NOT NULL UNIQUE, email TEXT NOT NULL,
          password_hash TEXT NOT NULL, profile TEXT NOT NULL, status TEXT NOT NULL, roles TEXT NOT NULL,
          created_at TEXT NOT NULL, updated_at TEXT NOT NULL, last_login_at TEXT, UNIQUE (tenant_id, email));
        CREATE TABLE IF NOT EXISTS refresh_tokens (
          hash TEXT PRIMARY KEY, family TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES users (id),
          remember INTEGER NOT NULL, expires_at TEXT NOT NULL, used_at TEXT, revoked_at TEXT);
        CREATE INDEX IF NOT EXISTS refresh_tokens_family ON refresh_tokens (family);
        CREATE TABLE IF NOT EXISTS grants (
          id TEXT PRIMARY KEY, client_id TEXT NOT NULL, scope TEXT NOT NULL, auth_time INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS authorization_codes (
          hash TEXT PRIMARY KEY, client_id TEXT NOT NULL, redirect_uri TEXT NOT NULL, challenge TEXT NOT NULL,
          user_id TEXT NOT NULL REFERENCES users (id), scope TEXT NOT NULL, nonce TEXT, auth_time INTEGER NOT NULL,
          expires_at TEXT NOT NULL, grant_id TEXT);
        CREATE TABLE IF NOT EXISTS identity_sessions (
          hash TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), auth_time INTEGER NOT NULL, expires_at TEXT NOT NULL);
        """;

    public static UserRow? FindByUsername(SqliteConnection connection, string username) =>
        connection.QuerySingleOrDefault<UserRow>("SELECT * FROM users WHERE username = @username", new { username });

    public static UserRow? Find(SqliteConnection connection, string id) =>
        connection.QuerySingleOrDefault<UserRow>("SELECT * FROM users WHERE id = @id", new { id });

    public static bool Exists(SqliteConnection connection, string tenantId, string username, string email) =>
        connection.ExecuteScalar<bool>(
            "SELECT EXISTS (SELECT 1 FROM users WHERE username = @username OR (tenant_id = @tenantId AND email = @email))",
            new { tenantId, username, email });

    public static void Insert(SqliteConnection connection, UserRow user) =>
        connection.Execute(
            """
            INSERT INTO users (id, tenant_id, username, email, password_hash, profile, status, roles, created_at, updated_at)
            VALUES (@Id, @TenantId, @Username, @Email, @PasswordHash, @Profile, @Status, @Roles, @CreatedAt, @UpdatedAt)
            """, user);

    /// <summary>Whether somebody else of the tenant has that e-mail address.</summary>
    public static bool IsEmailTaken(SqliteConnection connection, UserRow user, string email) =>
        connection.ExecuteScalar<bool>(
            "SELECT EXISTS (SELECT 1 FROM users WHERE tenant_id = @TenantId AND email = @email AND id <> @Id)", new { user.TenantId, email, user.Id });

    public static void Update(SqliteConnection connection, UserRow user) =>
        connection.Execute(
            "UPDATE users SET email = @Email, profile = @Profile, status = @Status, roles = @Roles, updated_at = @UpdatedAt WHERE id = @Id", user);

    public static void RecordLogin(SqliteConnection connection, string id, TimeProvider clock) =>
        connection.Execute("UPDATE users SET last_login_at = @now WHERE id = @id", new { id, now = Timestamps.Now(clock) });

    public static PageResponse<User> List(SqliteConnection connection, string tenantId, IReadOnlyList<UserStatus> status, string? role, PageQuery page)
    {
        const string where = """
            FROM users WHERE tenant_id = @tenantId
              AND (@anyStatus OR status IN @status)
              AND (@role IS NULL OR EXISTS (SELECT 1 FROM json_each(roles) WHERE value = @role))
            """;
        var filter = new
        {
            tenantId,
            anyStatus = status.Count == 0,
            status = status.Select(EnumText<UserStatus>.Of).ToArray(),
            role,
            page.Size,
            page.Offset,
        };
        var total = connection.ExecuteScalar<long>($"SELECT count(*) {where}", filter);
        var rows = connection.Query<UserRow>($"SELECT * {where} ORDER BY username LIMIT @Size OFFSET @Offset", filter);
        return page.Answer([.. rows.Select(row => row.ToUser())], total);
    }
}
