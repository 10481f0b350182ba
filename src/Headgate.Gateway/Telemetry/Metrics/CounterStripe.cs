namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>One copy of a block of counters, as the thread that asked for it may add to it: alone, or together with others. Not to be kept.</summary>
internal readonly struct CounterStripe(long[] counters, bool isOwned)
{
    /// <summary>64 bytes on both sides keep two stripes off one cache line, wherever the heap puts them.</summary>
    public const int Padding = 8;

    /// <summary>Adds to a counter.</summary>
    public void Add(int slot, long amount)
    {
        ref long counter = ref counters[slot + Padding];
        if (isOwned)
            Volatile.Write(ref counter, counter + amount);
        else
            Interlocked.Add(ref counter, amount);
    }
}
