using Commerce.Shared.Data;
using Commerce.Shared.Security;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Users.Identity;

/// <summary>Browsers in which a user signed in. Each has a secret in a cookie; only its hash is kept.</summary>
internal sealed class IdentitySessions(IssuerAddress issuer, TimeProvider clock)
{
    public const string CookieName = "identity-session";

    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>Begins a session under a new secret, so that one that somebody else put into the browser is worth nothing.</summary>
    /// <returns>The session, and the cookie that goes with it.</returns>
    public (IdentitySession Session, string Cookie) Begin(SqliteConnection connection, string userId)
    {
        var now = clock.GetUtcNow();
        connection.Execute("DELETE FROM identity_sessions WHERE expires_at <= @now", new { now = Timestamps.Text(now) });
        var (secret, session) = (OpaqueToken.New(), new IdentitySession(userId, now.ToUnixTimeSeconds()));
        connection.Execute(
            "INSERT INTO identity_sessions (hash, user_id, auth_time, expires_at) VALUES (@hash, @UserId, @AuthTime, @expiresAt)",
            new { hash = OpaqueToken.Hash(secret), session.UserId, session.AuthTime, expiresAt = Timestamps.Text(now + Lifetime) });
        return (session, issuer.Cookie(CookieName, secret));
    }

    /// <summary>The session of a browser, while it lasts and its user may sign in.</summary>
    public IdentitySession? Find(SqliteConnection connection, HttpRequest request)
    {
        if (request.Cookies[CookieName] is not { Length: OpaqueToken.Length } secret)
            return null;
        var session = connection.QuerySingleOrDefault<IdentitySession>(
            "SELECT user_id, auth_time FROM identity_sessions WHERE hash = @hash AND expires_at > @now",
            new { hash = OpaqueToken.Hash(secret), now = Timestamps.Now(clock) });
        return session is not null && UserStore.Find(connection, session.UserId) is { IsActive: true } ? session : null;
    }

    /// <summary>Ends the session of a browser.</summary>
    /// <returns>The cookie that takes its cookie away.</returns>
    public string End(SqliteConnection connection, HttpRequest request)
    {
        if (request.Cookies[CookieName] is { Length: OpaqueToken.Length } secret)
            connection.Execute("DELETE FROM identity_sessions WHERE hash = @hash", new { hash = OpaqueToken.Hash(secret) });
        return issuer.Cookie(CookieName, null);
    }
}
