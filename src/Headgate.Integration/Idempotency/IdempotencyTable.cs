using Headgate.Storage;
using Headgate.Storage.Migrations;

namespace Headgate.Integration.Idempotency;

/// <summary>The keys that were used, in a store: claimed by the one request that is carried out, then with its answer. Thread-safe.</summary>
/// <remarks>
/// A claim's token is the row's key and grows with time, so that what is written lies together: of the pages of an SQLite file that one claim changes, the index of keys alone is one that no
/// other claim of the same commit does. Nothing of a row moves in an index afterwards.
/// </remarks>
/// <param name="store">The store, opened before its first use.</param>
/// <param name="time">The clock.</param>
internal sealed class IdempotencyTable(Store store, TimeProvider time)
{
    private const int MostSweptAtOnce = 1_000;

    // Milliseconds since 1970 fit into the other 42 bits until 2109.
    private const int RandomBitsOfToken = 21;

    private const string ColumnsAfterToken = """
            id BYTEA NOT NULL UNIQUE,
            fingerprint BYTEA NOT NULL,
            claimed_until BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            answer BYTEA);
        CREATE INDEX headgate_idempotency_keys_by_expiry ON headgate_idempotency_keys (expires_at)
        """;

    public static MigrationSet Migrations { get; } = new(
        "idempotency",
        new Migration(1, "create idempotency keys", """
            CREATE TABLE headgate_idempotency (
                id BYTEA PRIMARY KEY,
                fingerprint BYTEA NOT NULL,
                token BIGINT NOT NULL,
                claimed_until BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                head TEXT,
                body BYTEA);
            CREATE INDEX headgate_idempotency_by_expiry ON headgate_idempotency (expires_at)
            """),
        new Migration(2, "keep idempotency keys by claim", $"""
            DROP TABLE headgate_idempotency;
            CREATE TABLE headgate_idempotency_keys (
                token INTEGER PRIMARY KEY,
            {ColumnsAfterToken}
            """)
        {
            PostgreSql = $"""
                DROP TABLE headgate_idempotency;
                CREATE TABLE headgate_idempotency_keys (
                    token BIGINT PRIMARY KEY,
                {ColumnsAfterToken}
                """,
        });

    /// <summary>Claims a key: one that is new, expired, or claimed for the same request by somebody whose time is over.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fingerprint">What the request asks for.</param>
    /// <param name="claimedFor">How long the request may take.</param>
    /// <param name="ttl">How long the key is known afterwards.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public Task<ClaimResult> ClaimAsync(RequestHash key, RequestHash fingerprint, TimeSpan claimedFor, TimeSpan ttl, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        return store.WriteAsync(session => ClaimAsync(session, key, fingerprint, now, now + claimedFor, now + claimedFor + ttl), cancellationToken);
    }

    /// <summary>Keeps the answer of a claimed request. Nothing happens when the claim was taken over.</summary>
    /// <returns>How many answers are kept by it: 0 or 1.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public Task<int> CompleteAsync(Claim claim, KeptAnswer answer, CancellationToken cancellationToken) => store.WriteAsync(
        session => session.ExecuteAsync("UPDATE headgate_idempotency_keys SET answer = $1 WHERE token = $2 AND answer IS NULL", answer.Encoded, claim.Token),
        cancellationToken);

    /// <summary>Gives a claim back, as if the request had never been made. Nothing happens when it was taken over.</summary>
    /// <returns>How many claims are given back by it: 0 or 1.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public Task<int> ReleaseAsync(Claim claim, CancellationToken cancellationToken) => store.WriteAsync(
        session => session.ExecuteAsync("DELETE FROM headgate_idempotency_keys WHERE token = $1 AND answer IS NULL", claim.Token),
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
                    "DELETE FROM headgate_idempotency_keys WHERE token IN (SELECT token FROM headgate_idempotency_keys WHERE expires_at <= $1 LIMIT $2)", now, MostSweptAtOnce),
                cancellationToken).ConfigureAwait(false);
        }
        while (swept == MostSweptAtOnce);
    }

    private static async ValueTask<ClaimResult> ClaimAsync(
        StoreSession session, RequestHash key, RequestHash fingerprint, DateTimeOffset now, DateTimeOffset claimedUntil, DateTimeOffset forgottenAt)
    {
        byte[] id = key.ToBytes();
        while (true)
        {
            // An insert that may fail is what both engines do for least: RETURNING and DO UPDATE, which would say all at once, take SQLite three times as long.
            var claim = new Claim(key, NewToken(now), now);
            int rows = await session.ExecuteAsync(
                "INSERT INTO headgate_idempotency_keys (token, id, fingerprint, claimed_until, expires_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                claim.Token, id, fingerprint.ToBytes(), claimedUntil, forgottenAt).ConfigureAwait(false);
            if (rows == 1)
                return new ClaimResult(claim, fingerprint, null);

            // None has the key when it was the token that somebody has: the next is another.
            ClaimRow? known = await session.FindAsync($"SELECT {ClaimRow.Columns} FROM headgate_idempotency_keys WHERE id = $1", ClaimRow.Read, id).ConfigureAwait(false);
            if (known is not null && !known.IsOver(now, fingerprint))
                return new ClaimResult(null, known.Fingerprint, known.Answer);
            if (known is not null)
                await session.ExecuteAsync("DELETE FROM headgate_idempotency_keys WHERE token = $1", known.Token).ConfigureAwait(false);
        }
    }

    private static long NewToken(DateTimeOffset now) => (now.ToUnixTimeMilliseconds() << RandomBitsOfToken) | (long)Random.Shared.Next(1 << RandomBitsOfToken);
}
