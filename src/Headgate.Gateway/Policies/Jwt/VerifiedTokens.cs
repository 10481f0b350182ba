using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Jwt.Keys;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>
/// Tokens whose signature and claims were checked a moment ago. Only what was verified gets in, so nobody can fill it with forgeries; a token is found by a
/// keyed hash and compared whole, in fixed time. Looking one up takes no lock and allocates nothing. Thread-safe.
/// </summary>
/// <param name="mostBytes">About the most bytes that the tokens hold together.</param>
public sealed class VerifiedTokens(long mostBytes = VerifiedTokens.DefaultMostBytes)
{
    /// <summary>The default bound: some 20,000 ordinary tokens.</summary>
    public const long DefaultMostBytes = 64 * 1024 * 1024;

    /// <summary>The longest that a token is kept: what was taken back elsewhere is believed no longer than that.</summary>
    public static readonly TimeSpan LongestKept = TimeSpan.FromMinutes(5);

    private const int Sets = 4096;
    private const int Ways = 8;
    private const int HashedChars = 64;

    private readonly Lock _writing = new();
    private readonly CachedToken?[] _tokens = new CachedToken?[Sets * Ways];
    private long _bytes;
    private int _hand;

    /// <summary>About how many bytes the tokens hold.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Finds a token; null when it has to be verified.</summary>
    internal Caller? Find(object scheme, KeySet keys, ReadOnlySpan<char> token, DateTimeOffset now)
    {
        int hash = HashOf(token);
        int first = FirstWay(hash);
        for (int i = first; i < first + Ways; i++)
        {
            if (Volatile.Read(ref _tokens[i]) is not { } known || known.Hash != hash || !ReferenceEquals(known.Scheme, scheme) || !ReferenceEquals(known.Keys, keys))
                continue;
            if (known.UntilTicks <= now.UtcTicks || !FixedTime.AreEqual(known.Token, token))
                continue;

            // Written only when it changes, so that many cores may share the line.
            if (!known.WasUsed)
                known.WasUsed = true;
            return known.Caller;
        }

        return null;
    }

    /// <summary>Keeps a token that was verified.</summary>
    /// <param name="scheme">By whom.</param>
    /// <param name="keys">With which keys.</param>
    /// <param name="field">The field in which it came.</param>
    /// <param name="start">Where in the field it begins.</param>
    /// <param name="verified">What it says.</param>
    /// <param name="now">The time.</param>
    internal void Add(object scheme, KeySet keys, string field, int start, VerifiedToken verified, DateTimeOffset now)
    {
        DateTimeOffset until = verified.AcceptedUntil < now + LongestKept ? verified.AcceptedUntil : now + LongestKept;
        int hash = HashOf(field.AsSpan(start));
        var added = new CachedToken { Field = field, Start = start, Hash = hash, Scheme = scheme, Keys = keys, Caller = verified.Caller, UntilTicks = until.UtcTicks };
        lock (_writing)
        {
            Put(WayFor(hash, now.UtcTicks), added);
            for (int looked = 0; _bytes > mostBytes && looked < 2 * _tokens.Length; looked++)
                MakeRoom(now.UtcTicks);
        }
    }

    // A way that is free or over; else one that nobody used since it was last looked at; else the first.
    private int WayFor(int hash, long nowTicks)
    {
        int first = FirstWay(hash);
        int unused = -1;
        for (int i = first; i < first + Ways; i++)
        {
            if (_tokens[i] is not { } known || known.UntilTicks <= nowTicks)
                return i;
            if (known.WasUsed)
                known.WasUsed = false;
            else
                unused = i;
        }

        return unused < 0 ? first : unused;
    }

    // The clock algorithm: a token that was used since the hand came by last stays for another round.
    private void MakeRoom(long nowTicks)
    {
        int at = _hand;
        _hand = (_hand + 1) % _tokens.Length;
        if (_tokens[at] is not { } known)
            return;
        if (known.WasUsed && known.UntilTicks > nowTicks)
            known.WasUsed = false;
        else
            Put(at, null);
    }

    private void Put(int at, CachedToken? token)
    {
        Volatile.Write(ref _bytes, _bytes - (_tokens[at]?.Bytes ?? 0) + (token?.Bytes ?? 0));
        Volatile.Write(ref _tokens[at], token);
    }

    private static int FirstWay(int hash) => (hash & (Sets - 1)) * Ways;

    // The end of a token is the end of its signature: nobody who lacks the key can choose it. The runtime's hash is keyed anew in each process.
    private static int HashOf(ReadOnlySpan<char> token) => string.GetHashCode(token[Math.Max(0, token.Length - HashedChars)..]);
}
