using System.Text.Json;
using Headgate.Storage;
using Headgate.Storage.Migrations;

namespace Headgate.Gateway.Policies.ApiKey.Keys;

/// <summary>API keys in a store. Thread-safe.</summary>
/// <remarks>
/// Each change of a key gives it the next version. The row that counts versions makes changes commit in the order of their versions, on both engines, so whoever has read up to one has
/// missed none before it.
/// </remarks>
internal sealed class ApiKeyTable(Store store, TimeProvider time)
{
    /// <summary>The most keys that one query brings.</summary>
    public const int MostAtOnce = 1_000;

    private const string Columns =
        "k.id, k.name, k.owner, k.tenant, k.scopes, k.roles, k.created_at, k.rotated_at, k.previous_until, k.expires_at, k.revoked_at, u.used_at, k.secret, k.previous, k.version";

    private const string Tables = "headgate_api_keys k LEFT JOIN headgate_api_key_uses u ON u.id = k.id";

    /// <summary>The tables of API keys. When a key was used stands apart: it changes often, and nobody else waits for it.</summary>
    public static MigrationSet Migrations { get; } = new("api-keys", new Migration(1, "create api keys", """
        CREATE TABLE headgate_api_keys (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            owner TEXT,
            tenant TEXT,
            scopes TEXT NOT NULL,
            roles TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            rotated_at BIGINT,
            previous_until BIGINT,
            expires_at BIGINT,
            revoked_at BIGINT,
            secret BYTEA NOT NULL,
            previous BYTEA,
            version BIGINT NOT NULL);
        CREATE UNIQUE INDEX headgate_api_keys_by_version ON headgate_api_keys (version);
        CREATE INDEX headgate_api_keys_by_creation ON headgate_api_keys (created_at, id);
        CREATE INDEX headgate_api_keys_by_end ON headgate_api_keys (COALESCE(revoked_at, expires_at));
        CREATE TABLE headgate_api_key_uses (id TEXT PRIMARY KEY, used_at BIGINT NOT NULL);
        CREATE TABLE headgate_api_key_versions (last BIGINT NOT NULL);
        INSERT INTO headgate_api_key_versions (last) VALUES (0)
        """));

    /// <summary>Keeps a new key.</summary>
    public Task<StoredApiKey?> AddAsync(string id, ApiKeyDraft draft, ApiKeyDigest secret, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        string roles = JsonSerializer.Serialize(draft.Roles, ApiKeyJson.Default.IReadOnlyListApiKeyRole);
        return store.WriteAsync(
            async session =>
            {
                long version = await NextVersionAsync(session).ConfigureAwait(false);
                await session.ExecuteAsync(
                    """
                    INSERT INTO headgate_api_keys (id, name, owner, tenant, scopes, roles, created_at, expires_at, secret, version)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                    """,
                    id, draft.Name, draft.Owner, draft.Tenant, string.Join(' ', draft.Scopes), roles, now, draft.ExpiresAt, secret.ToArray(), version).ConfigureAwait(false);
                return await FindAsync(session, id).ConfigureAwait(false);
            },
            cancellationToken);
    }

    /// <summary>Gives a key another secret; the one before is accepted until a time. Null when there is no such key, or it has ended.</summary>
    public Task<StoredApiKey?> RotateAsync(string id, ApiKeyDigest secret, DateTimeOffset previousUntil, CancellationToken cancellationToken) => ChangeAsync(
        (session, version, now) => session.ExecuteAsync(
            """
            UPDATE headgate_api_keys SET previous = secret, previous_until = $2, secret = $3, rotated_at = $4, version = $5
            WHERE id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $4)
            """,
            id, previousUntil, secret.ToArray(), now, version),
        id,
        cancellationToken);

    /// <summary>Takes a key back. Null when there is no such key, or it was taken back before.</summary>
    public Task<StoredApiKey?> RevokeAsync(string id, CancellationToken cancellationToken) => ChangeAsync(
        (session, version, now) => session.ExecuteAsync("UPDATE headgate_api_keys SET revoked_at = $2, version = $3 WHERE id = $1 AND revoked_at IS NULL", id, now, version),
        id,
        cancellationToken);

    /// <summary>A key; null when there is none of that id.</summary>
    public Task<StoredApiKey?> FindAsync(string id, CancellationToken cancellationToken) => store.ReadAsync(session => FindAsync(session, id), cancellationToken);

    /// <summary>Keys in the order in which they were made.</summary>
    public Task<IReadOnlyList<StoredApiKey>> ListAsync(ApiKeyQuery query, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        return store.ReadAsync(
            session => session.ListAsync(
                $"""
                SELECT {Columns} FROM {Tables}
                WHERE ($1 = '' OR k.tenant = $1) AND ($2 = '' OR k.owner = $2) AND ($3 OR (k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $4)))
                AND ($5 = '' OR (k.created_at, k.id) > (SELECT a.created_at, a.id FROM headgate_api_keys a WHERE a.id = $5))
                ORDER BY k.created_at, k.id LIMIT $6
                """,
                ApiKeyRow.Read, query.Tenant ?? "", query.Owner ?? "", query.EndedToo, now, query.After ?? "", query.Limit),
            cancellationToken);
    }

    /// <summary>What changed after a version, the oldest first, and the last version of all.</summary>
    public Task<(long Last, IReadOnlyList<StoredApiKey> Changed)> ChangesAfterAsync(long version, CancellationToken cancellationToken) => store.ReadAsync(
        async session =>
        {
            long last = await session.FindAsync("SELECT last FROM headgate_api_key_versions", row => row.GetInt64(0)).ConfigureAwait(false);
            IReadOnlyList<StoredApiKey> changed = last == version
                ? []
                : await session.ListAsync($"SELECT {Columns} FROM {Tables} WHERE k.version > $1 ORDER BY k.version LIMIT $2", ApiKeyRow.Read, version, MostAtOnce).ConfigureAwait(false);
            return (last, changed);
        },
        cancellationToken);

    /// <summary>Writes down when keys were used; an earlier time than is known changes nothing.</summary>
    public Task NoteUsesAsync(IReadOnlyList<(string Id, DateTimeOffset At)> uses, CancellationToken cancellationToken) => store.WriteAsync(
        async session =>
        {
            foreach ((string id, DateTimeOffset at) in uses)
            {
                await session.ExecuteAsync(
                    """
                    INSERT INTO headgate_api_key_uses (id, used_at) VALUES ($1, $2)
                    ON CONFLICT (id) DO UPDATE SET used_at = excluded.used_at WHERE headgate_api_key_uses.used_at < excluded.used_at
                    """,
                    id, at).ConfigureAwait(false);
            }

            return uses.Count;
        },
        cancellationToken);

    /// <summary>Deletes keys that ended before a time, a bounded number.</summary>
    /// <returns>How many.</returns>
    public Task<int> DeleteEndedAsync(DateTimeOffset before, CancellationToken cancellationToken) => store.WriteAsync(
        async session =>
        {
            IReadOnlyList<string> ended = await session.ListAsync(
                "SELECT id FROM headgate_api_keys WHERE COALESCE(revoked_at, expires_at) < $1 LIMIT $2", row => row.GetString(0), before, MostAtOnce).ConfigureAwait(false);
            foreach (string id in ended)
            {
                await session.ExecuteAsync("DELETE FROM headgate_api_keys WHERE id = $1", id).ConfigureAwait(false);
                await session.ExecuteAsync("DELETE FROM headgate_api_key_uses WHERE id = $1", id).ConfigureAwait(false);
            }

            return ended.Count;
        },
        cancellationToken);

    private Task<StoredApiKey?> ChangeAsync(Func<StoreSession, long, DateTimeOffset, ValueTask<int>> change, string id, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        return store.WriteAsync(
            async session =>
            {
                int changed = await change(session, await NextVersionAsync(session).ConfigureAwait(false), now).ConfigureAwait(false);
                return changed == 0 ? null : await FindAsync(session, id).ConfigureAwait(false);
            },
            cancellationToken);
    }

    private static ValueTask<long> NextVersionAsync(StoreSession session) =>
        session.FindAsync("UPDATE headgate_api_key_versions SET last = last + 1 RETURNING last", row => row.GetInt64(0));

    private static ValueTask<StoredApiKey?> FindAsync(StoreSession session, string id) =>
        session.FindAsync($"SELECT {Columns} FROM {Tables} WHERE k.id = $1", ApiKeyRow.Read, id);
}
