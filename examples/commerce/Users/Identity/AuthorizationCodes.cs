using Commerce.Shared.Data;
using Commerce.Shared.Security;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Users.Identity;

/// <summary>
/// Codes that are good for one use within a minute, by the application that asked for them and nobody else. One that comes a
/// second time has been stolen, by the first or by the second: what it gave is revoked (RFC 6749 §4.1.2).
/// </summary>
internal sealed class AuthorizationCodes(RefreshTokens refreshTokens, TimeProvider clock, ILogger<AuthorizationCodes> logger)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    // A used code is known again for so long; after that it is as unknown as one that never was, and refused like it.
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    public string Issue(SqliteConnection connection, AuthorizationRequest request, string scope, IdentitySession session)
    {
        var now = clock.GetUtcNow();
        connection.Execute("DELETE FROM authorization_codes WHERE expires_at <= @forgotten", new { forgotten = Timestamps.Text(now - Remembered) });
        var code = OpaqueToken.New();
        connection.Execute(
            """
            INSERT INTO authorization_codes (hash, client_id, redirect_uri, challenge, user_id, scope, nonce, auth_time, expires_at)
            VALUES (@Hash, @ClientId, @RedirectUri, @Challenge, @UserId, @Scope, @Nonce, @AuthTime, @ExpiresAt)
            """,
            new AuthorizationCodeRow
            {
                Hash = OpaqueToken.Hash(code),
                ClientId = request.Target.Client.ClientId,
                RedirectUri = request.Target.Uri,
                Challenge = request.Challenge,
                UserId = session.UserId,
                Scope = scope,
                Nonce = request.Nonce,
                AuthTime = session.AuthTime,
                ExpiresAt = Timestamps.Text(now + Lifetime),
            });
        return code;
    }

    /// <summary>Uses a code up and gives it with its new grant. Null when it is unknown, over, used before, or somebody else's.</summary>
    public AuthorizationCodeRow? Redeem(SqliteConnection connection, string code, string clientId, string redirectUri, string verifier)
    {
        var row = connection.QuerySingleOrDefault<AuthorizationCodeRow>(
            "SELECT * FROM authorization_codes WHERE hash = @hash", new { hash = OpaqueToken.Hash(code) });
        if (row is null || row.ClientId != clientId)
            return null;
        if (row.GrantId is { } made)
        {
            IdentityLog.CodeUsedTwice(logger, made, row.UserId);
            refreshTokens.Revoke(connection, made);
            return null;
        }

        if (string.CompareOrdinal(row.ExpiresAt, Timestamps.Now(clock)) <= 0 || row.RedirectUri != redirectUri
            || !ProofKey.Matches(row.Challenge, verifier))
        {
            return null;
        }

        row = row with { GrantId = Ids.New("fam", clock) };
        connection.Execute("UPDATE authorization_codes SET grant_id = @GrantId WHERE hash = @Hash", row);
        return row;
    }
}
