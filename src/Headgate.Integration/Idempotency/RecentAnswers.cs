using System.Collections.Concurrent;

namespace Headgate.Integration.Idempotency;

/// <summary>
/// The answers that were kept or given again last, so that most of those who ask again need not go to the store. What an answer is never changes, so that an old one is right. Bounded:
/// in two halves, of which the older goes when the younger is full. Thread-safe.
/// </summary>
/// <param name="mostBytes">The most bytes of all answers together.</param>
/// <param name="time">The clock.</param>
internal sealed class RecentAnswers(long mostBytes, TimeProvider time)
{
    /// <summary>The most bytes as a rule.</summary>
    public const long DefaultMostBytes = 16 * 1024 * 1024;

    // Keys, hashes and the tables themselves.
    private const long BytesBesideAnAnswer = 256;

    private readonly Lock _turning = new();
    private volatile ConcurrentDictionary<RequestHash, ClaimResult> _young = new();
    private volatile ConcurrentDictionary<RequestHash, ClaimResult> _old = new();
    private long _bytes;

    /// <summary>The answer under a key, or null.</summary>
    public ClaimResult? Find(RequestHash key) =>
        (_young.TryGetValue(key, out ClaimResult? known) || _old.TryGetValue(key, out known)) && known.Answer!.ExpiresAt > time.GetUtcNow() ? known : null;

    /// <summary>Keeps an answer.</summary>
    public void Add(RequestHash key, ClaimResult known)
    {
        long bytes = known.Answer!.Encoded.Length + BytesBesideAnAnswer;
        if (bytes > mostBytes / 2 || !_young.TryAdd(key, known) || Interlocked.Add(ref _bytes, bytes) <= mostBytes / 2)
            return;
        lock (_turning)
        {
            if (Volatile.Read(ref _bytes) <= mostBytes / 2)
                return;
            (_old, _young) = (_young, new ConcurrentDictionary<RequestHash, ClaimResult>());
            Volatile.Write(ref _bytes, 0);
        }
    }
}
