using System.Numerics;

namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>
/// The buckets of every latency histogram: upper bounds of 250 µs, doubling up to 32.768 s, and one without a bound. Fixed, so that finding a bucket
/// is a division and a count of bits. Immutable.
/// </summary>
internal sealed class LatencyBuckets
{
    /// <summary>The number of buckets, the unbounded one included.</summary>
    public const int Count = 19;

    private const int BoundsPerSecond = 4000;

    private readonly ulong _ticksPerBound;

    /// <param name="ticksPerSecond">The frequency of the timestamps, <c>TimeProvider.TimestampFrequency</c>.</param>
    public LatencyBuckets(long ticksPerSecond)
    {
        _ticksPerBound = (ulong)Math.Max(1, ticksPerSecond / BoundsPerSecond);
        SecondsPerTick = 1.0 / ticksPerSecond;
    }

    /// <summary>The upper bounds in seconds, inclusive, without the last.</summary>
    public static IReadOnlyList<double> UpperBoundsSeconds { get; } = [.. Enumerable.Range(0, Count - 1).Select(i => (1 << i) / (double)BoundsPerSecond)];

    public double SecondsPerTick { get; }

    /// <summary>The bucket of a duration.</summary>
    public int IndexOf(long ticks)
    {
        if (ticks <= 0)
            return 0;
        int bits = 64 - BitOperations.LeadingZeroCount((ulong)(ticks - 1) / _ticksPerBound);
        return Math.Min(bits, Count - 1);
    }
}
