using Headgate.Storage;
using Headgate.Storage.Migrations;

namespace Headgate.Integration.Idempotency;

/// <summary>The keys that were used, in a store: claimed by the one request that is carried out, then with its answer. Thread-safe.</summary>
/// <remarks>
/// A claim's token is the row's key, and begins with the time at which all of it is over. So what is written lies together, what is over lies together as well, and nothing is ever changed:
/// a row of SQLite that grew where it stands would move its neighbours. Of the pages that a claim changes, that of the index of keys alone is one that no other claim of the same commit does.
/// </remarks>
/// <param name="store">The store, opened before its first use.</param>
/// <param name="time">The clock.</param>
internal sealed class IdempotencyTable(Store store, TimeProvider time)
{
    private const int MostSweptAtOnce = 1_000;

    public static MigrationSet Migrations => IdempotencyMigrations.All;

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
        session => session.ExecuteAsync(
            "INSERT INTO headgate_idempotency_answers (token, answer) SELECT $1, $2 WHERE EXISTS (SELECT 1 FROM headgate_idempotency_claims WHERE token = $1) ON CONFLICT DO NOTHING",
            claim.Token.Value, answer.Encoded),
        cancellationToken);

    /// <summary>Gives a claim back, as if the request had never been made. Nothing happens when it was taken over.</summary>
    /// <returns>How many claims are given back by it: 0 or 1.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public Task<int> ReleaseAsync(Claim claim, CancellationToken cancellationToken) => store.WriteAsync(
        session => session.ExecuteAsync(
            "DELETE FROM headgate_idempotency_claims WHERE token = $1 AND NOT EXISTS (SELECT 1 FROM headgate_idempotency_answers WHERE token = $1)", claim.Token.Value),
        cancellationToken);

    /// <summary>Forgets keys whose time is over.</summary>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        long over = ClaimToken.FirstAfter(time.GetUtcNow());
        while (await store.WriteAsync(session => SweepAsync(session, over), cancellationToken).ConfigureAwait(false) == MostSweptAtOnce)
        {
            // As many again as one command may take.
        }
    }

    // Answers last: what is left of a claim alone is found by nobody, and what is left of an answer is swept the next time.
    private static async ValueTask<int> SweepAsync(StoreSession session, long over)
    {
        int claims = await session.ExecuteAsync(
            "DELETE FROM headgate_idempotency_claims WHERE token IN (SELECT token FROM headgate_idempotency_claims WHERE token < $1 LIMIT $2)", over, MostSweptAtOnce).ConfigureAwait(false);
        int answers = await session.ExecuteAsync(
            "DELETE FROM headgate_idempotency_answers WHERE token IN (SELECT token FROM headgate_idempotency_answers WHERE token < $1 LIMIT $2)", over, MostSweptAtOnce).ConfigureAwait(false);
        return Math.Max(claims, answers);
    }

    private static async ValueTask<ClaimResult> ClaimAsync(
        StoreSession session, RequestHash key, RequestHash fingerprint, DateTimeOffset now, DateTimeOffset claimedUntil, DateTimeOffset forgottenAt)
    {
        byte[] id = key.ToBytes();
        while (true)
        {
            // An insert that may fail is what both engines do for least: RETURNING and DO UPDATE, which would say all at once, take SQLite three times as long.
            var claim = new Claim(key, ClaimToken.New(forgottenAt), now);
            int rows = await session.ExecuteAsync(
                "INSERT INTO headgate_idempotency_claims (token, id, fingerprint, claimed_until) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                claim.Token.Value, id, fingerprint.ToBytes(), claimedUntil).ConfigureAwait(false);
            if (rows == 1)
                return new ClaimResult(claim, fingerprint, null);

            // None has the key when it was the token that somebody has: the next is another.
            ClaimRow? known = await session.FindAsync(ClaimRow.ById, ClaimRow.Read, id).ConfigureAwait(false);
            if (known is not null && !known.IsOver(now, fingerprint))
                return new ClaimResult(null, known.Fingerprint, known.Answer);
            if (known is not null)
                await DeleteAsync(session, known.Token).ConfigureAwait(false);
        }
    }

    private static async ValueTask DeleteAsync(StoreSession session, ClaimToken token)
    {
        await session.ExecuteAsync("DELETE FROM headgate_idempotency_claims WHERE token = $1", token.Value).ConfigureAwait(false);
        await session.ExecuteAsync("DELETE FROM headgate_idempotency_answers WHERE token = $1", token.Value).ConfigureAwait(false);
    }
}
