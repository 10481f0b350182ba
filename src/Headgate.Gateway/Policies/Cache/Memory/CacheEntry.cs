namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>One stored answer in the table: a variant of its resource, and a place in a queue of its shard, whose lock guards what is not said to be thread-safe.</summary>
internal sealed class CacheEntry(CacheResource resource, StoredHead head, StoredBody body)
{
    private const int MostUses = 3;

    private StoredHead _head = head;

    public CacheResource Resource { get; } = resource;

    public StoredBody Body { get; } = body;

    /// <summary>By which it is told from others of its path.</summary>
    public long Id { get; init; }

    /// <summary>The head in force. Thread-safe.</summary>
    public StoredHead Head
    {
        get => Volatile.Read(ref _head);
        set => Volatile.Write(ref _head, value);
    }

    /// <summary>Whether it is in the table.</summary>
    public bool IsListed { get; set; }

    /// <summary>How often it was given since the eviction looked at it last, up to 3.</summary>
    public int Uses { get; private set; }

    /// <summary>The bytes that it is counted for beside its body.</summary>
    public int ChargedBytes { get; set; }

    /// <summary>The bytes that its queue counts it for, its body included.</summary>
    public long Weight { get; set; }

    /// <summary>The queue that it stands in, and its neighbours there.</summary>
    public EntryQueue? Queue { get; set; }

    public CacheEntry? Older { get; set; }

    public CacheEntry? Newer { get; set; }

    public void Use() => Uses = Math.Min(Uses + 1, MostUses);

    public void ForgetUse() => Uses = Math.Max(Uses - 1, 0);
}
