namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>Entries in the order in which they came. Needs its shard's lock.</summary>
internal sealed class EntryQueue
{
    private CacheEntry? _newest;

    public CacheEntry? Oldest { get; private set; }

    public int Count { get; private set; }

    /// <summary>The bytes of its entries.</summary>
    public long Bytes { get; private set; }

    /// <summary>Counts an entry for more or less than before.</summary>
    public void Weigh(CacheEntry entry, long bytes)
    {
        Bytes += bytes - entry.Weight;
        entry.Weight = bytes;
    }

    public void Add(CacheEntry entry)
    {
        Bytes += entry.Weight;
        (entry.Queue, entry.Older, entry.Newer) = (this, _newest, null);
        if (_newest is null)
            Oldest = entry;
        else
            _newest.Newer = entry;
        _newest = entry;
        Count++;
    }

    public void Remove(CacheEntry entry)
    {
        if (entry.Older is null)
            Oldest = entry.Newer;
        else
            entry.Older.Newer = entry.Newer;
        if (entry.Newer is null)
            _newest = entry.Older;
        else
            entry.Newer.Older = entry.Older;
        (entry.Queue, entry.Older, entry.Newer) = (null, null, null);
        Bytes -= entry.Weight;
        Count--;
    }
}
