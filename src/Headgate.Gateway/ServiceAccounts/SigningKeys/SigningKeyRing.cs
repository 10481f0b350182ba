using Headgate.Storage;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.ServiceAccounts.SigningKeys;

/// <summary>
/// The signing keys over time: made when they are due, removed when no token of theirs can live any more. Instances that share a store share the keys; who comes
/// first makes the next one. Thread-safe.
/// </summary>
internal sealed class SigningKeyRing(Store store, KeyProtection protection, SigningKeySchedule schedule, TimeProvider time, ILogger logger)
{
    /// <summary>The keys with which this instance can sign: those whose private part it can read.</summary>
    public IReadOnlyList<SigningKey> ReadableOf(IReadOnlyList<SigningKey> keys) => [.. keys.Where(key => key.Protection == KeyProtection.Plain || key.Protection == protection.Form)];

    /// <summary>Brings the keys up to date.</summary>
    /// <param name="keys">The keys as they were read a moment ago: as a rule nothing is due, and nothing is written.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<SigningKey>> RenewAsync(IReadOnlyList<SigningKey> keys, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (schedule.Due(ReadableOf(keys), now) is null && !keys.Any(key => IsOver(keys, key, now)))
            return keys;

        // Made beforehand: a command of the store may run more than once, and on a thread that others wait for.
        SigningKey made = SigningKeyMaker.Make(protection, now);
        IReadOnlyList<SigningKey> renewed = await store.WriteAsync(session => RenewAsync(session, made, now), cancellationToken);
        foreach (SigningKey key in keys.Where(key => renewed.All(other => other.KeyId != key.KeyId)))
            SigningKeyLog.Removed(logger, key.KeyId);
        LogMade(made, renewed);
        return renewed;
    }

    /// <summary>Makes the next key before it is due. One that is waiting to sign is taken instead of a further one.</summary>
    public async Task<IReadOnlyList<SigningKey>> RotateAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        SigningKey made = SigningKeyMaker.Make(protection, now) with { SignsFrom = now + SigningKeySchedule.Lead };
        IReadOnlyList<SigningKey> rotated = await store.WriteAsync(
            async session =>
            {
                IReadOnlyList<SigningKey> before = await SigningKeyTable.ListAsync(session);
                return ReadableOf(before) is [.., var last] && last.SignsFrom > now ? before : await AddAsync(session, made);
            },
            cancellationToken);
        LogMade(made, rotated);
        return rotated;
    }

    /// <summary>Removes a key at once, and with it every token that it signed. When none is left to sign, a new one does.</summary>
    /// <returns>The keys that are left; null when there is none of that id.</returns>
    public async Task<IReadOnlyList<SigningKey>?> RemoveAsync(string keyId, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        SigningKey made = SigningKeyMaker.Make(protection, now);
        IReadOnlyList<SigningKey>? left = await store.WriteAsync(
            async session => await SigningKeyTable.RemoveAsync(session, keyId) == 0 ? null : await RenewAsync(session, made, now),
            cancellationToken);
        if (left is null)
            return null;
        SigningKeyLog.Removed(logger, keyId);
        LogMade(made, left);
        return left;
    }

    private async ValueTask<IReadOnlyList<SigningKey>> RenewAsync(StoreSession session, SigningKey made, DateTimeOffset now)
    {
        IReadOnlyList<SigningKey> keys = await SigningKeyTable.ListAsync(session);
        foreach (SigningKey over in keys.Where(key => IsOver(keys, key, now)))
            await SigningKeyTable.RemoveAsync(session, over.KeyId);
        return schedule.Due(ReadableOf(keys), now) is { } from
            ? await AddAsync(session, made with { SignsFrom = from })
            : await SigningKeyTable.ListAsync(session);
    }

    private static async ValueTask<IReadOnlyList<SigningKey>> AddAsync(StoreSession session, SigningKey made)
    {
        await SigningKeyTable.AddAsync(session, made);
        return await SigningKeyTable.ListAsync(session);
    }

    private static bool IsOver(IReadOnlyList<SigningKey> keys, SigningKey key, DateTimeOffset now) => SigningKeySchedule.KeptUntil(keys, key) <= now;

    private void LogMade(SigningKey made, IReadOnlyList<SigningKey> keys)
    {
        if (keys.FirstOrDefault(key => key.KeyId == made.KeyId) is { } added)
            SigningKeyLog.Made(logger, added.KeyId, added.SignsFrom, added.Protection);
    }
}
