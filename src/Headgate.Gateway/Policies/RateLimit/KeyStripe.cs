using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>
/// A part of a <see cref="KeyTable"/> with a lock of its own, held for some tens of nanoseconds. A request locks one stripe of each of its limits, in the order of the
/// limits' states, so that it takes from all or none and nobody waits in a circle. Thread-safe; what says so needs the lock.
/// </summary>
internal sealed class KeyStripe
{
    private readonly MemoryBudget _budget;
    private int _mostBuckets;
    private KeyBuckets _buckets;
    private ConsumerLabels? _labels;
    private int _lock;

    public KeyStripe(int mostBuckets, MemoryBudget budget)
    {
        (_mostBuckets, _budget) = (mostBuckets, budget);
        _buckets = new KeyBuckets(1);
    }

    /// <summary>Requests that the limit admitted. Counted under the lock.</summary>
    public long Admitted { get; set; }

    /// <summary>Of those, the requests that another limit refused. Counted under the lock.</summary>
    public long GivenBack { get; private set; }

    /// <summary>Requests that the limit refused. Counted under the lock.</summary>
    public long Refused { get; set; }

    /// <summary>Consumers whose place another took although their quota was not whole.</summary>
    public long Evicted { get; private set; }

    public long Bytes => _buckets.Bytes;

    public void Enter()
    {
        if (Interlocked.CompareExchange(ref _lock, 1, 0) == 0)
            return;

        // Never sleeps: this is an event thread, and the holder is about to be done.
        var wait = default(SpinWait);
        do
            wait.SpinOnce(sleep1Threshold: -1);
        while (Volatile.Read(ref _lock) != 0 || Interlocked.CompareExchange(ref _lock, 1, 0) != 0);
    }

    public void Exit() => Volatile.Write(ref _lock, 0);

    /// <summary>The arrival time of a consumer, or that from which an unknown one begins. Needs the lock.</summary>
    /// <param name="key">The hash of the key.</param>
    /// <param name="latest">The latest that it can be; a later one is of a clock that has gone back, and is mended.</param>
    /// <param name="place">Where it stands, for <see cref="Write"/> under the same lock; negative for an unknown one.</param>
    public long Read(ulong key, long latest, out int place)
    {
        place = _buckets.Find(key);
        ref long arrival = ref place < 0 ? ref _buckets.FloorOf(key) : ref _buckets.At(place);
        if (arrival > latest)
            arrival = latest;
        return arrival;
    }

    /// <summary>Sets the arrival time of a consumer. Needs the lock.</summary>
    public void Write(ulong key, int place, long arrival, long now)
    {
        if (place < 0)
            place = MakePlace(key, now);
        _buckets.At(place) = arrival;
    }

    /// <summary>Takes back a part of what a consumer has used, where it is still known. Needs the lock.</summary>
    public void GiveBack(ulong key, long interval)
    {
        GivenBack++;
        if (interval == 0)
            return;
        int place = _buckets.Find(key);
        if (place >= 0)
            _buckets.At(place) -= interval;
    }

    /// <summary>Lets it grow no further, and says to what it has grown. Locks.</summary>
    public long Freeze()
    {
        Enter();
        _mostBuckets = _buckets.Count;
        long bytes = _buckets.Bytes;
        Exit();
        return bytes;
    }

    /// <summary>The names of its busiest consumers. Needs the lock.</summary>
    public ConsumerLabels Labels => _labels ??= new ConsumerLabels();

    /// <summary>Adds all consumers whose quota is not whole, each with its name where that is known. Locks.</summary>
    public void CopyTo(List<(ulong Key, long Arrival)> consumers, Dictionary<ulong, string> labels, long now)
    {
        Enter();
        try
        {
            _buckets.CopyTo(consumers, now);
            _labels?.CopyTo(labels);
        }
        finally
        {
            Exit();
        }
    }

    private int MakePlace(ulong key, long now)
    {
        int place;
        while ((place = _buckets.Claim(key, now)) < 0)
        {
            if (_buckets.Count == _mostBuckets || !_budget.TryTake(_buckets.Bytes))
            {
                Evicted++;
                return _buckets.Evict(key);
            }

            _buckets = _buckets.Doubled(now);
        }

        return place;
    }
}
