namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>How long the stages of the last try at an upstream took, in timestamp ticks; -1 for one that was not reached or not measured.</summary>
internal readonly record struct StageDurations(long Connect, long Head, long Body, long Total)
{
    /// <summary>Reads the timings of a request that ended at <paramref name="endedAt"/>.</summary>
    public static StageDurations Of(in RequestTimings timings, long endedAt)
    {
        long started = timings.UpstreamStartedAt;
        long connected = After(timings.UpstreamConnectedAt, started);
        long head = After(timings.UpstreamHeadAt, started);
        long ended = After(timings.UpstreamEndedAt, started);
        return new StageDurations(
            Between(started, connected),
            Between(connected != 0 ? connected : started, head),
            head == 0 ? -1 : Between(head, ended),
            (ended != 0 ? ended : endedAt) - started);
    }

    // A stage before the start of the last try belongs to a try at another instance.
    private static long After(long at, long started) => at >= started ? at : 0;

    private static long Between(long from, long to) => from == 0 || to == 0 || to < from ? -1 : to - from;
}
