using Commerce.Shared.Data;
using Commerce.Shared.Security;
using Commerce.Users.Identity;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Users;

/// <summary>
/// Refresh tokens that are good for one use, of the shop's own sign-in (in a cookie) and of applications (with a grant). Using
/// one gives the next of its family; using one a second time means that somebody has a copy, and ends the whole family
/// (RFC 9700 §4.14.2).
/// </summary>
internal sealed class RefreshTokens(TimeProvider clock, ILogger<RefreshTokens> logger)
{
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(12);
    public static readonly TimeSpan RememberedLifetime = TimeSpan.FromDays(30);

    public RefreshToken Issue(SqliteConnection connection, string userId, bool remember)
    {
        Forget(connection);
        return Insert(connection, userId, Ids.New("fam", clock), remember);
    }

    /// <summary>The first token of what a user granted to an application. Its family is the grant.</summary>
    public RefreshToken Issue(SqliteConnection connection, Grant grant)
    {
        Forget(connection);
        connection.Execute(
            "INSERT INTO grants (id, client_id, scope, auth_time) VALUES (@Id, @ClientId, @Scope, @AuthTime)", grant);
        return Insert(connection, grant.UserId, grant.Id, remember: true);
    }

    public static RefreshTokenRow? Find(SqliteConnection connection, string token) =>
        connection.QuerySingleOrDefault<RefreshTokenRow>(
            "SELECT * FROM refresh_tokens LEFT JOIN grants ON id = family WHERE hash = @hash", new { hash = OpaqueToken.Hash(token) });

    /// <summary>Uses a token up and gives the next one. Null when it is expired, revoked or used before.</summary>
    public RefreshToken? Use(SqliteConnection connection, RefreshTokenRow row)
    {
        var now = Timestamps.Now(clock);
        if (row.RevokedAt is not null || string.CompareOrdinal(row.ExpiresAt, now) <= 0)
            return null;
        if (row.UsedAt is not null)
        {
            IdentityLog.RefreshTokenUsedTwice(logger, row.Family, row.UserId);
            Revoke(connection, row.Family);
            return null;
        }

        connection.Execute("UPDATE refresh_tokens SET used_at = @now WHERE hash = @Hash", new { row.Hash, now });
        return Insert(connection, row.UserId, row.Family, row.Remember);
    }

    public void Revoke(SqliteConnection connection, string family) =>
        connection.Execute("UPDATE refresh_tokens SET revoked_at = @now WHERE family = @family",
            new { family, now = Timestamps.Now(clock) });

    private RefreshToken Insert(SqliteConnection connection, string userId, string family, bool remember)
    {
        var token = OpaqueToken.New();
        var lifetime = remember ? RememberedLifetime : SessionLifetime;
        connection.Execute(
            """
            INSERT INTO refresh_tokens (hash, family, user_id, remember, expires_at)
            VALUES (@hash, @family, @userId, @remember, @expiresAt)
            """,
            new { hash = OpaqueToken.Hash(token), family, userId, remember, expiresAt = Timestamps.Text(clock.GetUtcNow() + lifetime) });
        return new RefreshToken(token, remember ? lifetime : null);
    }

    // What has expired is refused like what never was: nothing is lost with it.
    private void Forget(SqliteConnection connection) => connection.Execute(
        """
        DELETE FROM refresh_tokens WHERE expires_at <= @now;
        DELETE FROM grants WHERE NOT EXISTS (SELECT 1 FROM refresh_tokens WHERE family = id);
        """, new { now = Timestamps.Now(clock) });
}
