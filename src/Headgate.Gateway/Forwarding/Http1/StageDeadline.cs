namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>Makes ends of stages as <c>Environment.TickCount64</c>, which costs a few nanoseconds and is precise enough for timeouts.</summary>
internal static class StageDeadline
{
    public static long After(TimeSpan time) =>
        time == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)time.TotalMilliseconds;

    /// <summary>What is left until a deadline, within a limit of its own; never negative.</summary>
    public static TimeSpan Left(long deadline, TimeSpan limit)
    {
        if (deadline == long.MaxValue)
            return limit;
        TimeSpan left = TimeSpan.FromMilliseconds(Math.Max(0, deadline - Environment.TickCount64));
        return limit == Timeout.InfiniteTimeSpan || left < limit ? left : limit;
    }
}
