namespace Headgate.Gateway.Policies.Cache;

/// <summary>What became of the requests of a document's cached operations since the start. Immutable.</summary>
/// <param name="Api">The document.</param>
/// <param name="Results">Counts by result: <c>hit</c>, <c>stale</c>, <c>stored</c>, ….</param>
public sealed record CacheTally(string Api, IReadOnlyDictionary<string, long> Results)
{
    internal static CacheTally Of(CacheCounters counters) =>
        new(counters.Api, CacheCounters.Results.ToDictionary(CacheCounters.LabelOf, counters.Of));
}
