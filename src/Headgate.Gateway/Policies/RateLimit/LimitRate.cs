namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>
/// The arithmetic of one limit: the generic cell rate algorithm (ITU-T I.371, annex A, virtual scheduling). A consumer is one number, its
/// theoretical arrival time; all times are nanoseconds of a monotonic clock. Immutable.
/// </summary>
internal readonly record struct LimitRate
{
    /// <summary>The longest time that a burst may take to be earned again: 100 years, so that no sum of times overflows.</summary>
    public static readonly TimeSpan MostCapacity = TimeSpan.FromDays(36_500);

    private LimitRate(long interval, long capacity) => (Interval, Capacity) = (interval, capacity);

    /// <summary>The time in which one request is earned.</summary>
    public long Interval { get; }

    /// <summary>The time in which a whole burst is earned.</summary>
    public long Capacity { get; }

    /// <summary>The rate of a limit; null when its burst takes longer than <see cref="MostCapacity"/> to be earned.</summary>
    public static LimitRate? Of(int limit, TimeSpan window, int burst)
    {
        // Rounded up: what lasts is never more than the limit says.
        Int128 interval = (((Int128)window.Ticks * TimeSpan.NanosecondsPerTick) + limit - 1) / limit;
        Int128 capacity = interval * burst;
        return capacity > (Int128)MostCapacity.Ticks * TimeSpan.NanosecondsPerTick ? null : new LimitRate((long)interval, (long)capacity);
    }

    /// <summary>The arrival time as of now.</summary>
    public static long Current(long arrival, long now) => Math.Max(arrival, now);

    /// <summary>The arrival time after one more request.</summary>
    public long After(long arrival, long now) => Current(arrival, now) + Interval;

    /// <summary>Whether a request that leads to an arrival time may be admitted.</summary>
    public bool Admits(long after, long now) => after - now <= Capacity;

    /// <summary>How many requests are left at once.</summary>
    public int Remaining(long arrival, long now) => (int)((Capacity - (Current(arrival, now) - now)) / Interval);

    /// <summary>How long until one more request is admitted; zero when it would be now.</summary>
    public TimeSpan Wait(long arrival, long now) => FromNanoseconds(Math.Max(0, After(arrival, now) - now - Capacity));

    /// <summary>How long until the whole burst is there again.</summary>
    public static TimeSpan UntilFull(long arrival, long now) => FromNanoseconds(Current(arrival, now) - now);

    // Rounded up: who waits that long has waited long enough.
    private static TimeSpan FromNanoseconds(long nanoseconds) => new((nanoseconds + TimeSpan.NanosecondsPerTick - 1) / TimeSpan.NanosecondsPerTick);
}
