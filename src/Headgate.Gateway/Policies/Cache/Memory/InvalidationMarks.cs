namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>
/// When paths were last invalidated (RFC 9111 §4.4), in a table of fixed size: what was asked for before that is not given any more, also what is still on its way. Two paths may share
/// a mark; then one is invalidated with the other, which costs a call and never gives a stale answer. Thread-safe.
/// </summary>
internal sealed class InvalidationMarks
{
    /// <summary>The marks; a power of two.</summary>
    public const int Count = 16_384;

    private readonly long[] _marks = new long[Count];
    private long _sequence;

    /// <summary>The next number in the order of requests and invalidations.</summary>
    public long Next() => Interlocked.Increment(ref _sequence);

    public void Mark(ulong pathHash) => Volatile.Write(ref _marks[pathHash & (Count - 1)], Next());

    /// <summary>Whether a path was invalidated after a moment.</summary>
    public bool IsAfter(ulong pathHash, long sequence) => Volatile.Read(ref _marks[pathHash & (Count - 1)]) > sequence;
}
