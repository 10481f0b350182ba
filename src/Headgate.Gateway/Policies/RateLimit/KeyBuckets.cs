namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>
/// The arrival times of consumers, by the hash of their key, in buckets of seven. A bucket also has a floor: the latest arrival time that it had to let go of, from
/// which a consumer begins that it does not know. So nobody gets a quota twice, however full the table is. Not thread-safe: its stripe locks.
/// </summary>
internal sealed class KeyBuckets
{
    /// <summary>Seven hashes, seven arrival times, the floor, and one word to make it two cache lines.</summary>
    public const int BucketBytes = BucketWords * sizeof(long);

    private const int BucketWords = 16;
    private const int Ways = 7;
    private const int FloorWord = 2 * Ways;

    private readonly long[] _words;
    private readonly uint _mask;

    /// <param name="buckets">How many buckets; a power of two.</param>
    public KeyBuckets(int buckets)
    {
        _words = new long[buckets * BucketWords];
        _mask = (uint)buckets - 1;
    }

    public int Count => (int)_mask + 1;

    public long Bytes => (long)_words.Length * sizeof(long);

    /// <summary>The place of a key's arrival time; -1 when it is not there.</summary>
    public int Find(ulong key)
    {
        int bucket = BucketOf(key);
        ReadOnlySpan<long> keys = _words.AsSpan(bucket, Ways);
        int way = keys.IndexOf((long)key);
        return way < 0 ? -1 : bucket + Ways + way;
    }

    /// <summary>The arrival time at a place.</summary>
    public ref long At(int place) => ref _words[place];

    /// <summary>The arrival time from which an unknown key begins.</summary>
    public ref long FloorOf(ulong key) => ref _words[BucketOf(key) + FloorWord];

    /// <summary>A place for a key that is not there: a free one, or that of a consumer whose quota is whole. -1 when there is none.</summary>
    public int Claim(ulong key, long now)
    {
        int bucket = BucketOf(key);
        for (int way = 0; way < Ways; way++)
        {
            if (_words[bucket + Ways + way] <= now)
                return Settle(bucket, way, key);
        }

        return -1;
    }

    /// <summary>A place for a key, taken from the consumer of its bucket that has used the least; the floor remembers what that was.</summary>
    public int Evict(ulong key)
    {
        int bucket = BucketOf(key);
        int least = 0;
        for (int way = 1; way < Ways; way++)
        {
            if (_words[bucket + Ways + way] < _words[bucket + Ways + least])
                least = way;
        }

        ref long floor = ref _words[bucket + FloorWord];
        floor = Math.Max(floor, _words[bucket + Ways + least]);
        return Settle(bucket, least, key);
    }

    /// <summary>The same consumers in twice the buckets; those whose quota is whole are left behind.</summary>
    public KeyBuckets Doubled(long now)
    {
        var doubled = new KeyBuckets(Count * 2);
        for (int bucket = 0; bucket < _words.Length; bucket += BucketWords)
        {
            // The keys of a bucket go to the two that take its place.
            long floor = _words[bucket + FloorWord];
            doubled._words[bucket + FloorWord] = floor;
            doubled._words[bucket + _words.Length + FloorWord] = floor;
            for (int way = 0; way < Ways; way++)
            {
                if (_words[bucket + Ways + way] is var arrival && arrival > now)
                    doubled.At(doubled.Claim((ulong)_words[bucket + way], now)) = arrival;
            }
        }

        return doubled;
    }

    /// <summary>Adds all consumers whose quota is not whole.</summary>
    public void CopyTo(List<(ulong Key, long Arrival)> consumers, long now)
    {
        for (int bucket = 0; bucket < _words.Length; bucket += BucketWords)
        {
            for (int way = 0; way < Ways; way++)
            {
                if (_words[bucket + Ways + way] is var arrival && arrival > now)
                    consumers.Add(((ulong)_words[bucket + way], arrival));
            }
        }
    }

    private int Settle(int bucket, int way, ulong key)
    {
        _words[bucket + way] = (long)key;
        _words[bucket + Ways + way] = 0;
        return bucket + Ways + way;
    }

    // The low bits chose the stripe.
    private int BucketOf(ulong key) => (int)((uint)(key >> KeyTable.StripeBits) & _mask) * BucketWords;
}
