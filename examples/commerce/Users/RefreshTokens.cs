using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Commerce.Shared.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Users;

/// <summary>
/// Refresh tokens that are good for one use. Using one gives the next of its family; using one a second time means that
/// somebody has a copy, and ends the whole family (RFC 9700 §4.14.2).
/// </summary>
internal sealed class RefreshTokens(TimeProvider clock)
{
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(12);
    public static readonly TimeSpan RememberedLifetime = TimeSpan.FromDays(30);

    public RefreshToken Issue(SqliteConnection connection, string userId, bool remember) =>
        Insert(connection, userId, Ids.New("fam", clock), remember);

    /// <summary>Uses a token up. Null when it is unknown, expired, revoked or used before.</summary>
    public (RefreshToken Next, string UserId)? Rotate(SqliteConnection connection, string token)
    {
        var now = Timestamps.Now(clock);
        var row = connection.QuerySingleOrDefault<RefreshTokenRow>(
            "SELECT * FROM refresh_tokens WHERE hash = @hash", new { hash = Hash(token) });
        if (row is null || row.RevokedAt is not null || string.CompareOrdinal(row.ExpiresAt, now) <= 0)
            return null;
        if (row.UsedAt is not null)
        {
            Revoke(connection, row.Family);
            return null;
        }

        connection.Execute("UPDATE refresh_tokens SET used_at = @now WHERE hash = @Hash", new { row.Hash, now });
        return (Insert(connection, row.UserId, row.Family, row.Remember), row.UserId);
    }

    private void Revoke(SqliteConnection connection, string family) =>
        connection.Execute("UPDATE refresh_tokens SET revoked_at = @now WHERE family = @family",
            new { family, now = Timestamps.Now(clock) });

    private RefreshToken Insert(SqliteConnection connection, string userId, string family, bool remember)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var lifetime = remember ? RememberedLifetime : SessionLifetime;
        connection.Execute(
            """
            INSERT INTO refresh_tokens (hash, family, user_id, remember, expires_at)
            VALUES (@hash, @family, @userId, @remember, @expiresAt)
            """,
            new { hash = Hash(token), family, userId, remember, expiresAt = Timestamps.Text(clock.GetUtcNow() + lifetime) });
        return new RefreshToken(token, remember ? lifetime : null);
    }

    // The token is random and long: a plain hash is enough, there is nothing to guess.
    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
