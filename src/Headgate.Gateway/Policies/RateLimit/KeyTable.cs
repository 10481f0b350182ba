using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>The consumers of one limit, in stripes that grow as they fill, up to a bound. Thread-safe.</summary>
internal sealed class KeyTable : IDisposable
{
    public const int StripeBits = 4;

    /// <summary>The most bytes that one table grows to.</summary>
    public const long MostBytes = 32L * 1024 * 1024;

    private const int Stripes = 1 << StripeBits;

    private readonly KeyStripe?[] _stripes;
    private readonly MemoryBudget _budget;
    private int _mostBucketsPerStripe;

    /// <param name="isSingle">Whether there is one consumer only: all callers together.</param>
    /// <param name="budget">What all tables share.</param>
    /// <param name="mostBytes">The most bytes of this one.</param>
    public KeyTable(bool isSingle, MemoryBudget budget, long mostBytes = MostBytes)
    {
        _budget = budget;
        _stripes = new KeyStripe?[isSingle ? 1 : Stripes];
        _mostBucketsPerStripe = isSingle ? 1 : (int)Math.Max(1, mostBytes / KeyBuckets.BucketBytes / Stripes);
    }

    public long Admitted => Made.Sum(stripe => stripe.Admitted);

    public long GivenBack => Made.Sum(stripe => stripe.GivenBack);

    public long Refused => Made.Sum(stripe => stripe.Refused);

    public long Evicted => Made.Sum(stripe => stripe.Evicted);

    public long Bytes => Made.Sum(stripe => stripe.Bytes);

    private IEnumerable<KeyStripe> Made => _stripes.Select((_, i) => Volatile.Read(ref _stripes[i])).OfType<KeyStripe>();

    /// <summary>The stripe of a key.</summary>
    public KeyStripe StripeOf(ulong key)
    {
        int at = (int)key & (_stripes.Length - 1);
        return Volatile.Read(ref _stripes[at]) ?? Make(at);
    }

    /// <summary>All consumers whose quota is not whole.</summary>
    public List<(ulong Key, long Arrival)> Read(Dictionary<ulong, string> labels, long now)
    {
        var consumers = new List<(ulong, long)>();
        foreach (KeyStripe stripe in Made)
            stripe.CopyTo(consumers, labels, now);
        return consumers;
    }

    /// <summary>The limit is gone: what its table had grown by may be others'. Requests that are still under way on it find it as it is.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _mostBucketsPerStripe, 1);
        _budget.GiveBack(Made.Sum(stripe => stripe.Freeze() - KeyBuckets.BucketBytes));
    }

    private KeyStripe Make(int at)
    {
        var stripe = new KeyStripe(Volatile.Read(ref _mostBucketsPerStripe), _budget);
        return Interlocked.CompareExchange(ref _stripes[at], stripe, null) ?? stripe;
    }
}
