using System.Text.Json;
using Headgate.Storage;
using Headgate.Storage.Migrations;

namespace Headgate.Integration.Idempotency;

/// <summary>The keys that were used, in a store: claimed by the one request that is carried out, then with its answer. Thread-safe.</summary>
/// <param name="store">The store, opened before its first use.</param>
/// <param name="time">The clock.</param>
internal sealed class IdempotencyTable(Store store, TimeProvider time)
{
    private const int MostSweptAtOnce = 1_000;

    public static MigrationSet Migrations { get; } = new("idempotency", new Migration(1, "create idempotency keys", """
        CREATE TABLE headgate_idempotency (
            id BYTEA PRIMARY KEY,
            fingerprint BYTEA NOT NULL,
            token BIGINT NOT NULL,
            claimed_until BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            head TEXT,
            body BYTEA);
        CREATE INDEX headgate_idempotency_by_expiry ON headgate_idempotency (expires_at)
        """));

    /// <summary>Claims a key: one that is new, expired, or claimed for the same request by somebody whose time is over.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fingerprint">What the request asks for.</param>
    /// <param name="claimedFor">How long the request may take.</param>
    /// <param name="ttl">How long the key is known.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public Task<ClaimResult> ClaimAsync(RequestHash key, RequestHash fingerprint, TimeSpan claimedFor, TimeSpan ttl, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();

        // A request that is under way for longer than answers are kept has its key all the same.
        DateTimeOffset expiresAt = now + (ttl > claimedFor ? ttl : claimedFor);
        byte[] id = key.ToBytes();
        byte[] asked = fingerprint.ToBytes();
        return store.WriteAsync(
            async session =>
            {
                long token = await session.FindAsync(
                    """
                    INSERT INTO headgate_idempotency (id, fingerprint, token, claimed_until, expires_at) VALUES ($1, $2, $6, $3, $4)
                    ON CONFLICT (id) DO UPDATE SET
                        fingerprint = excluded.fingerprint, token = excluded.token, claimed_until = excluded.claimed_until, expires_at = excluded.expires_at, head = NULL, body = NULL
                    WHERE headgate_idempotency.expires_at <= $5
                        OR (headgate_idempotency.head IS NULL AND headgate_idempotency.claimed_until <= $5 AND headgate_idempotency.fingerprint = excluded.fingerprint)
                    RETURNING token
                    """,
                    row => row.GetInt64(0),
                    id, asked, now + claimedFor, expiresAt, now, Random.Shared.NextInt64(1, long.MaxValue)).ConfigureAwait(false);
                if (token > 0)
                    return new ClaimResult(new Claim(key, token), fingerprint, null, expiresAt);
                return (await session.FindAsync("SELECT fingerprint, head, body, expires_at FROM headgate_idempotency WHERE id = $1", ReadKnown, id).ConfigureAwait(false))!;
            },
            cancellationToken);
    }

    /// <summary>Keeps the answer of a claimed request. Nothing happens when the claim was taken over.</summary>
    /// <returns>Until when it is kept; null when it is not.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public async Task<DateTimeOffset?> CompleteAsync(Claim claim, KeptAnswer answer, TimeSpan ttl, CancellationToken cancellationToken)
    {
        DateTimeOffset expiresAt = time.GetUtcNow() + ttl;
        string head = JsonSerializer.Serialize(answer.Head, KeptHeadJson.Default.KeptHead);
        int kept = await store.WriteAsync(
            session => session.ExecuteAsync(
                "UPDATE headgate_idempotency SET head = $1, body = $2, claimed_until = 0, expires_at = $3 WHERE id = $4 AND token = $5 AND head IS NULL",
                head, answer.Body.ToArray(), expiresAt, claim.Key.ToBytes(), claim.Token),
            cancellationToken).ConfigureAwait(false);
        return kept == 1 ? expiresAt : null;
    }

    /// <summary>Gives a claim back, as if the request had never been made. Nothing happens when it was taken over.</summary>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public Task ReleaseAsync(Claim claim, CancellationToken cancellationToken) => store.WriteAsync(
        session => session.ExecuteAsync("DELETE FROM headgate_idempotency WHERE id = $1 AND token = $2 AND head IS NULL", claim.Key.ToBytes(), claim.Token),
        cancellationToken);

    /// <summary>Forgets keys whose time is over.</summary>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        int swept;
        do
        {
            DateTimeOffset now = time.GetUtcNow();
            swept = await store.WriteAsync(
                session => session.ExecuteAsync(
                    "DELETE FROM headgate_idempotency WHERE id IN (SELECT id FROM headgate_idempotency WHERE expires_at <= $1 LIMIT $2)", now, MostSweptAtOnce),
                cancellationToken).ConfigureAwait(false);
        }
        while (swept == MostSweptAtOnce);
    }

    private static ClaimResult ReadKnown(StoreRow row) => new(
        null,
        RequestHash.Read(row.GetBytes(0)),
        row.GetStringOrNull(1) is { } head ? new KeptAnswer(JsonSerializer.Deserialize(head, KeptHeadJson.Default.KeptHead)!, row.GetBytesOrNull(2)) : null,
        row.GetTime(3));
}
