namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>The clock of limits: monotonic, so that neither an administrator nor a time server hands out or takes away anybody's quota.</summary>
internal static class LimitClock
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Now, in nanoseconds since some moment.</summary>
    public static long Now(TimeProvider time) => Of(time, time.GetTimestamp());

    /// <summary>A timestamp of the clock in the same unit.</summary>
    public static long Of(TimeProvider time, long timestamp)
    {
        long frequency = time.TimestampFrequency;
        return frequency == NanosecondsPerSecond ? timestamp : (long)((Int128)timestamp * NanosecondsPerSecond / frequency);
    }
}
