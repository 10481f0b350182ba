using Headgate.Gateway.Telemetry.Metrics;

namespace Headgate.Gateway.Policies.Cache;

/// <summary>What became of the requests of a document's cached operations. Thread-safe.</summary>
/// <param name="api">The document.</param>
internal sealed class CacheCounters(string api)
{
    private static readonly CacheResult[] s_results = Enum.GetValues<CacheResult>();

    private readonly CounterStripes _counts = new(s_results.Length);

    public string Api { get; } = api;

    /// <summary>All results.</summary>
    public static IReadOnlyList<CacheResult> Results => s_results;

    /// <summary>The label of a result.</summary>
    public static string LabelOf(CacheResult result) => result switch
    {
        CacheResult.Hit => "hit",
        CacheResult.Stale => "stale",
        CacheResult.StaleOnError => "stale_on_error",
        CacheResult.Revalidated => "revalidated",
        CacheResult.Collapsed => "collapsed",
        CacheResult.Stored => "stored",
        CacheResult.NotStored => "not_stored",
        CacheResult.Bypassed => "bypassed",
        _ => "refused",
    };

    public void Count(CacheResult result) => _counts.Add((int)result, 1);

    public long Of(CacheResult result) => _counts.Sum((int)result);
}
