namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>
/// A block of counters that many threads add to at once. Each event loop has its own copy, so that an addition never meets another one's cache line; other threads share some, by
/// processor. A copy is made when it is first added to; reading sums the copies. Thread-safe; a struct, so that its owner reaches the copies directly.
/// </summary>
internal readonly struct CounterStripes
{
    private const int Shared = 8;

    private readonly long[]?[] _stripes = new long[]?[CounterThread.Most + Shared];
    private readonly int _slots;

    public CounterStripes(int slots) => _slots = slots;

    /// <summary>The copy for this thread.</summary>
    public CounterStripe Current
    {
        get
        {
            int owned = CounterThread.Current;

            // A thread that is moved to another processor meanwhile still counts correctly, only slower.
            int index = owned >= 0 ? owned : CounterThread.Most + (Thread.GetCurrentProcessorId() & (Shared - 1));
            return new CounterStripe(Volatile.Read(ref _stripes[index]) ?? Make(index), owned >= 0);
        }
    }

    /// <summary>Adds to a counter.</summary>
    public void Add(int slot, long amount) => Current.Add(slot, amount);

    /// <summary>The value of a counter.</summary>
    public long Sum(int slot)
    {
        long sum = 0;
        for (int i = 0; i < _stripes.Length; i++)
        {
            if (Volatile.Read(ref _stripes[i]) is { } stripe)
                sum += Volatile.Read(ref stripe[slot + CounterStripe.Padding]);
        }

        return sum;
    }

    private long[] Make(int index)
    {
        var made = new long[_slots + (2 * CounterStripe.Padding)];
        return Interlocked.CompareExchange(ref _stripes[index], made, null) ?? made;
    }
}
