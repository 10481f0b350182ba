namespace Headgate.Integration.Idempotency;

/// <summary>What came of the requests with keys since the start. Each has cost a round through the store, beside which a shared counter is nothing. Thread-safe.</summary>
internal sealed class IdempotencyCounters
{
    private static readonly IdempotencyResult[] s_results = Enum.GetValues<IdempotencyResult>();

    private readonly long[] _counts = new long[s_results.Length];

    public void Count(IdempotencyResult result) => Interlocked.Increment(ref _counts[(int)result]);

    /// <summary>The counts by their labels in metrics.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Read() => [.. s_results.Select(result => new KeyValuePair<string, long>(LabelOf(result), Volatile.Read(ref _counts[(int)result])))];

    private static string LabelOf(IdempotencyResult result) => result switch
    {
        IdempotencyResult.Kept => "kept",
        IdempotencyResult.Replayed => "replayed",
        IdempotencyResult.Running => "running",
        IdempotencyResult.Mismatched => "mismatched",
        IdempotencyResult.Released => "released",
        _ => "not_kept",
    };
}
