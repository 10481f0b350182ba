using Headgate.Gateway.Policies.Authentication;

namespace Headgate.Gateway.Policies.ApiKey.Keys;

/// <summary>A key as requests are checked against it. Immutable but for when it was used. Thread-safe.</summary>
internal sealed class KnownKey(StoredApiKey stored, Caller caller)
{
    // As exact as anybody wants to know it, and so seldom written that many cores may share the line.
    private const long UseGranularityMilliseconds = 1_000;

    private readonly ApiKeyDigest _secret = stored.Secret;
    private readonly PreviousSecret? _previous = stored is { Previous: { } digest, Key.PreviousUntil: { } until } ? new PreviousSecret(digest, until.ToUnixTimeMilliseconds()) : null;
    private readonly long _expiresAt = stored.Key.ExpiresAt?.ToUnixTimeMilliseconds() ?? long.MaxValue;
    private long _usedAt;
    private long _writtenAt;

    public string Id { get; } = stored.Key.Id;

    /// <summary>Who calls with it.</summary>
    public Caller Caller => caller;

    /// <summary>Whether a key that has its id holds.</summary>
    /// <param name="presented">The digest of that key.</param>
    /// <param name="now">The time in Unix milliseconds.</param>
    public ApiKeyVerdict Check(in ApiKeyDigest presented, long now)
    {
        bool isPrevious = _previous is not null && _previous.Digest.IsSameAs(presented);
        if (!_secret.IsSameAs(presented) && !isPrevious)
            return ApiKeyVerdict.Unknown;
        if (HasExpired(now))
            return ApiKeyVerdict.Expired;
        return isPrevious && now >= _previous!.UntilMilliseconds ? ApiKeyVerdict.Replaced : ApiKeyVerdict.Holds;
    }

    public bool HasExpired(long now) => now >= _expiresAt;

    /// <summary>Notes that it was used.</summary>
    public void Use(long now)
    {
        if (now - Volatile.Read(ref _usedAt) >= UseGranularityMilliseconds)
            Volatile.Write(ref _usedAt, now);
    }

    /// <summary>When it was used last, if that is not written down yet.</summary>
    public DateTimeOffset? UnwrittenUse => Volatile.Read(ref _usedAt) is var used && used > Volatile.Read(ref _writtenAt) ? DateTimeOffset.FromUnixTimeMilliseconds(used) : null;

    /// <summary>Notes that a use was written down.</summary>
    public void Written(DateTimeOffset use) => Volatile.Write(ref _writtenAt, use.ToUnixTimeMilliseconds());

    /// <summary>Takes over what the key's version before this one knows of its use.</summary>
    public void Follow(KnownKey before) => (_usedAt, _writtenAt) = (Volatile.Read(ref before._usedAt), Volatile.Read(ref before._writtenAt));

    private sealed class PreviousSecret(ApiKeyDigest digest, long untilMilliseconds)
    {
        private readonly ApiKeyDigest _digest = digest;

        public ref readonly ApiKeyDigest Digest => ref _digest;

        public long UntilMilliseconds => untilMilliseconds;
    }
}
