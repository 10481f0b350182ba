using System.Numerics;

namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>
/// A block of counters that many threads add to at once. Each processor has its own copy, so that an addition seldom meets another one's cache line;
/// reading sums the copies. Thread-safe; a struct, so that its owner reaches the copies directly.
/// </summary>
internal readonly struct CounterStripes
{
    // 64 bytes on both sides keep two stripes off one cache line, wherever the heap puts them.
    private const int Padding = 8;
    private const int MaxStripes = 8;

    private static readonly int s_stripes = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Min(Environment.ProcessorCount, MaxStripes));

    private readonly long[][] _stripes;

    public CounterStripes(int slots)
    {
        _stripes = new long[s_stripes][];
        for (int i = 0; i < s_stripes; i++)
            _stripes[i] = new long[slots + (2 * Padding)];
    }

    /// <summary>The copy of the processor that runs this thread now. A thread that is moved meanwhile still counts correctly, only slower.</summary>
    public long[] Current => _stripes[Thread.GetCurrentProcessorId() & (s_stripes - 1)];

    /// <summary>Adds to a counter of a copy.</summary>
    public static void Add(long[] stripe, int slot, long amount) => Interlocked.Add(ref stripe[slot + Padding], amount);

    /// <summary>Adds to a counter.</summary>
    public void Add(int slot, long amount) => Add(Current, slot, amount);

    /// <summary>The value of a counter.</summary>
    public long Sum(int slot)
    {
        long sum = 0;
        foreach (long[] stripe in _stripes)
            sum += Volatile.Read(ref stripe[slot + Padding]);
        return sum;
    }
}
