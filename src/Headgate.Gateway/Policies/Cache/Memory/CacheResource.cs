namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>All variants that are stored under one key. Needs its shard's lock.</summary>
/// <param name="target">The key and what it stands for.</param>
internal sealed class CacheResource(CacheTarget target)
{
    /// <summary>The most variants of a resource; the oldest makes room.</summary>
    public const int MostVariants = 32;

    private readonly List<CacheEntry> _variants = new(1);

    public CacheTarget Target { get; } = target;

    public ulong Hash => Target.Hash;

    public bool IsEmpty => _variants.Count == 0;

    /// <summary>The variants, newest last.</summary>
    public IReadOnlyList<CacheEntry> Variants => _variants;

    /// <summary>Adds a variant.</summary>
    /// <returns>The one whose place it takes, or null.</returns>
    public CacheEntry? Add(CacheEntry entry)
    {
        CacheEntry? replaced = _variants.Find(other => other.Head.Vary.SameAs(entry.Head.Vary) && string.Equals(other.Head.VaryText, entry.Head.VaryText, StringComparison.Ordinal));
        if (replaced is null && _variants.Count == MostVariants)
            replaced = _variants[0];
        _variants.Add(entry);
        return replaced;
    }

    public void Remove(CacheEntry entry) => _variants.Remove(entry);
}
