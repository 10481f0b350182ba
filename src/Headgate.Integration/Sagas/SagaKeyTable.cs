using Headgate.Integration.Idempotency;
using Headgate.Storage;

namespace Headgate.Integration.Sagas;

/// <summary>The idempotency keys of requests that began a saga, in a store: kept in the command with which the saga begins, so that a request which comes again finds it, whatever became of who began it. Thread-safe.</summary>
/// <param name="store">The store, opened before its first use.</param>
/// <param name="time">The clock.</param>
internal sealed class SagaKeyTable(Store store, TimeProvider time)
{
    private const int MostSweptAtOnce = 1_000;

    // Who comes again while a saga goes on, or may be gone on with, is its client still, however long ago it began. That one has ended for good is never taken back, so whoever reads it may rely on it.
    private const string UnderWay = "EXISTS (SELECT 1 FROM headgate_operations WHERE headgate_operations.id = headgate_saga_keys.id AND (ended IS NULL OR attention IS NOT NULL))";

    /// <summary>The statement that claims a key for a saga that begins: it changes no row when another has it.</summary>
    public StoreStatement ClaimOf(KeyedRequest request, string id, TimeSpan ttl)
    {
        DateTimeOffset now = time.GetUtcNow();
        return new StoreStatement(
            $"""
            INSERT INTO headgate_saga_keys (key, fingerprint, id, expires_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (key) DO UPDATE SET fingerprint = excluded.fingerprint, id = excluded.id, expires_at = excluded.expires_at
            WHERE headgate_saga_keys.expires_at <= $5 AND NOT {UnderWay}
            """,
            request.Id.ToBytes(), request.Fingerprint.ToBytes(), id, now + ttl, now)
        {
            Settled = ["headgate_operations"],
        };
    }

    /// <summary>The saga that has a key and what its request asked for; null when the key is nobody's, or its time is over and the saga's too.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public async Task<(string Id, RequestHash Fingerprint)?> FindAsync(KeyedRequest request, CancellationToken cancellationToken)
    {
        (string? id, RequestHash fingerprint) = await store.ReadStatementAsync(
            session => session.FindAsync(
                $"SELECT id, fingerprint FROM headgate_saga_keys WHERE key = $1 AND (expires_at > $2 OR {UnderWay})", row => (row.GetString(0), RequestHash.Read(row.GetBytes(1))), request.Id.ToBytes(), time.GetUtcNow()),
            cancellationToken).ConfigureAwait(false);
        return id is null ? null : (id, fingerprint);
    }

    /// <summary>Forgets keys whose time is over.</summary>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        int swept;
        do
        {
            DateTimeOffset now = time.GetUtcNow();
            swept = await store.WriteAsync(
                session => session.ExecuteAsync($"DELETE FROM headgate_saga_keys WHERE key IN (SELECT key FROM headgate_saga_keys WHERE expires_at <= $1 AND NOT {UnderWay} LIMIT $2)", now, MostSweptAtOnce),
                cancellationToken).ConfigureAwait(false);
        }
        while (swept == MostSweptAtOnce);
    }
}
