using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Cache.Memory;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Policies.Cache;

/// <summary>What an operator sees of the cache of this process, and takes out of it. Thread-safe.</summary>
/// <param name="states">The states in which the cache lives.</param>
/// <param name="logger">Told of what is purged.</param>
public sealed class CacheContents(LivingStates states, ILogger logger)
{
    /// <summary>Takes out all that is stored for a path, with its query where it has one, of all callers, tenants and variants.</summary>
    /// <returns>How many answers went.</returns>
    public int PurgePath(string path) => Purge(path, entry => string.Equals(entry.Resource.Target.Path, path, StringComparison.Ordinal));

    /// <summary>Takes out all whose path begins so.</summary>
    /// <returns>How many answers went.</returns>
    public int PurgePrefix(string prefix) => Purge($"{prefix}*", entry => entry.Resource.Target.Path.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Takes out all that carry a name: of <c>Surrogate-Key</c>, <c>Cache-Tag</c> or the document's <c>tags</c>.</summary>
    /// <returns>How many answers went.</returns>
    public int PurgeTag(string tag) => Purge($"tagged {tag}", entry => Array.IndexOf(entry.Head.Tags, tag) >= 0);

    /// <summary>Takes out everything.</summary>
    /// <returns>How many answers went.</returns>
    public int PurgeAll() => Purge("all", _ => true);

    /// <summary>What is stored, in the order of keys.</summary>
    /// <param name="most">The most answers that are told of.</param>
    /// <param name="prefix">How their paths begin.</param>
    /// <param name="after">The key after which to go on; null for from the beginning.</param>
    public IReadOnlyList<CachedAnswer> Read(int most, string prefix = "", string? after = null) =>
    [
        .. (Store?.Where(entry => entry.Resource.Target.Path.StartsWith(prefix, StringComparison.Ordinal)) ?? [])
            .Select(entry => (Key: CachedAnswer.KeyOf(entry), Entry: entry))
            .Where(one => string.CompareOrdinal(one.Key, after) > 0)
            .OrderBy(one => one.Key, StringComparer.Ordinal)
            .Take(most)
            .Select(one => CachedAnswer.Of(one.Entry)),
    ];

    /// <summary>Memory and counts.</summary>
    public CacheUsage Usage => new(
        Store?.Memory.MostBytes ?? 0,
        Store?.Memory.Used ?? 0,
        Store?.Count ?? 0,
        Store?.Evicted ?? 0,
        [.. states.Of<CacheCounters>().OrderBy(counters => counters.Api, StringComparer.Ordinal).Select(CacheTally.Of)]);

    private CacheStore? Store => states.Of<CacheStore>().FirstOrDefault();

    private int Purge(string what, Func<CacheEntry, bool> condition)
    {
        int purged = Store?.Purge(condition) ?? 0;
        CacheLog.Purged(logger, purged, what);
        return purged;
    }
}
