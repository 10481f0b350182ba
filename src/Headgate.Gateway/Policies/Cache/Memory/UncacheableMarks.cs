namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>
/// Which keys had an answer lately that could not be stored: requests for them do not wait for one another. A table of fixed size; two keys that share a mark only wait less. Thread-safe.
/// </summary>
internal sealed class UncacheableMarks
{
    /// <summary>The marks; a power of two.</summary>
    public const int Count = 4096;

    /// <summary>How long a key is remembered.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromSeconds(10);

    private readonly long[] _until = new long[Count];

    public void Mark(ulong hash, DateTimeOffset now) => Volatile.Write(ref _until[hash & (Count - 1)], (now + RememberedFor).UtcTicks);

    public void Clear(ulong hash) => Volatile.Write(ref _until[hash & (Count - 1)], 0);

    public bool Has(ulong hash, DateTimeOffset now) => Volatile.Read(ref _until[hash & (Count - 1)]) > now.UtcTicks;
}
