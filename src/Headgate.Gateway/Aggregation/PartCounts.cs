namespace Headgate.Gateway.Aggregation;

/// <summary>What came of a part, request by request. Lives from plan to plan. Thread-safe.</summary>
/// <param name="identity">Which part.</param>
internal sealed class PartCounts(PartIdentity identity)
{
    private readonly long[] _counts = new long[Enum.GetValues<PartOutcome>().Length];

    public PartIdentity Identity => identity;

    public void Count(PartOutcome outcome) => Interlocked.Increment(ref _counts[(int)outcome]);

    public long Of(PartOutcome outcome) => Volatile.Read(ref _counts[(int)outcome]);
}
