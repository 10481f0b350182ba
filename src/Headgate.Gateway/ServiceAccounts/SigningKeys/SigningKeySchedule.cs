namespace Headgate.Gateway.ServiceAccounts.SigningKeys;

/// <summary>
/// Which key signs when. A key is published for <see cref="Lead"/> before it signs, so that whoever keeps the published set for a while has it by then; and for
/// <see cref="Overlap"/> after the next one took over, so that every token that it signed lives to its end. Immutable.
/// </summary>
/// <param name="longestUse">How long a key signs.</param>
internal sealed class SigningKeySchedule(TimeSpan longestUse)
{
    /// <summary>How long a key is published before it signs; longer than the published set may be kept.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromMinutes(10);

    /// <summary>How long a key is published after it signed last: the longest life of a token, and what clocks may differ.</summary>
    public static readonly TimeSpan Overlap = ServiceAccountOptions.LongestTokenLifetime + TimeSpan.FromMinutes(5);

    /// <summary>
    /// The keys that may sign, the one that is to first: of those whose time has come the latest, and where none is left of these, the one whose time comes next.
    /// </summary>
    /// <param name="keys">The keys, the earliest first.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<SigningKey> InTurn(IReadOnlyList<SigningKey> keys, DateTimeOffset now) =>
        keys.Where(key => key.SignsFrom <= now).Reverse().Concat(keys.Where(key => key.SignsFrom > now));

    /// <summary>When a new key is to begin to sign; null while none is due.</summary>
    public DateTimeOffset? Due(IReadOnlyList<SigningKey> keys, DateTimeOffset now)
    {
        if (keys.Count == 0)
            return now;
        return keys[^1].SignsFrom + longestUse - Lead <= now ? now + Lead : null;
    }

    /// <summary>When a key goes; null while no later one is there.</summary>
    public static DateTimeOffset? KeptUntil(IReadOnlyList<SigningKey> keys, SigningKey key)
    {
        SigningKey? next = keys.FirstOrDefault(other => other.SignsFrom > key.SignsFrom);
        return next is null ? null : next.SignsFrom + Overlap;
    }

    /// <summary>What a key is there for.</summary>
    public static SigningKeyState StateOf(IReadOnlyList<SigningKey> keys, SigningKey key, DateTimeOffset now)
    {
        if (ReferenceEquals(InTurn(keys, now).First(), key))
            return SigningKeyState.Signing;
        return key.SignsFrom > now ? SigningKeyState.Next : SigningKeyState.Retiring;
    }
}
