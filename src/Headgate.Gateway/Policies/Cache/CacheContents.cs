using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Cache.Memory;

namespace Headgate.Gateway.Policies.Cache;

/// <summary>What an operator sees of the cache of this process, and takes out of it. Thread-safe.</summary>
/// <param name="states">The states in which the cache lives.</param>
public sealed class CacheContents(LivingStates states)
{
    /// <summary>Takes out all that is stored for a path, with its query where it has one, of all callers, tenants and variants.</summary>
    /// <returns>How many answers went.</returns>
    public int PurgePath(string path) => Purge(entry => string.Equals(entry.Resource.Target.Path, path, StringComparison.Ordinal));

    /// <summary>Takes out all whose path begins so.</summary>
    /// <returns>How many answers went.</returns>
    public int PurgePrefix(string prefix) => Purge(entry => entry.Resource.Target.Path.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Takes out all that carry a name: of <c>Surrogate-Key</c>, <c>Cache-Tag</c> or the document's <c>tags</c>.</summary>
    /// <returns>How many answers went.</returns>
    public int PurgeTag(string tag) => Purge(entry => Array.IndexOf(entry.Head.Tags, tag) >= 0);

    /// <summary>Takes out everything.</summary>
    /// <returns>How many answers went.</returns>
    public int PurgeAll() => Purge(_ => true);

    /// <summary>What is stored, in no particular order.</summary>
    /// <param name="most">The most answers that are told of.</param>
    /// <param name="prefix">How their paths begin.</param>
    public IReadOnlyList<CachedAnswer> Read(int most, string prefix = "") =>
        Store?.Select(entry => entry.Resource.Target.Path.StartsWith(prefix, StringComparison.Ordinal), CachedAnswer.Of, most) ?? [];

    /// <summary>Memory and counts.</summary>
    public CacheUsage Usage => new(
        Store?.Memory.MostBytes ?? 0,
        Store?.Memory.Used ?? 0,
        Store?.Count ?? 0,
        Store?.Evicted ?? 0,
        [.. states.Of<CacheCounters>().OrderBy(counters => counters.Api, StringComparer.Ordinal).Select(CacheTally.Of)]);

    private CacheStore? Store => states.Of<CacheStore>().FirstOrDefault();

    private int Purge(Func<CacheEntry, bool> condition) => Store?.Purge(condition) ?? 0;
}
