using System.Security.Cryptography;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Cache.Fetching;
using Headgate.Gateway.Policies.Cache.Rules;
using Headgate.Gateway.Policies.Consumers;

namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>
/// The stored answers of this process, for all documents: bounded in bytes, in shards, each with its lock. Outlives reloads for as long as a document caches anything. Thread-safe.
/// </summary>
internal sealed class CacheStore : IDisposable
{
    /// <summary>The parts of the table; a power of two.</summary>
    public const int Shards = 16;

    /// <summary>An answer larger than this part of the memory is not stored.</summary>
    public const int LargestShare = 8;

    private readonly ulong _seed0 = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
    private readonly ulong _seed1 = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
    private readonly CacheShard[] _shards;
    private int _nextToEvict;
    private long _evicted;
    private long _entries;

    public CacheStore(long mostBytes)
    {
        Memory = new CacheMemory(mostBytes) { Evict = TryEvict };
        _shards = [.. Enumerable.Range(0, Shards).Select(_ => new CacheShard(Memory, Marks))];
    }

    public CacheMemory Memory { get; }

    public InvalidationMarks Marks { get; } = new();

    public UncacheableMarks Uncacheable { get; } = new();

    /// <summary>The renewals behind clients' backs.</summary>
    public Renewals Renewals { get; } = new();

    /// <summary>The answers that are stored.</summary>
    public int Count => _shards.Sum(shard => shard.Count);

    /// <summary>The answers that went because memory was short.</summary>
    public long Evicted => Volatile.Read(ref _evicted);

    /// <summary>The hash of a key: nobody can choose two keys that share one.</summary>
    public ulong HashOf(ReadOnlySpan<char> key) => SipHash.Compute(_seed0, _seed1, key);

    /// <summary>The hash of path and query, by which unsafe requests invalidate.</summary>
    public ulong PathHashOf(ReadOnlySpan<char> path, ReadOnlySpan<char> query)
    {
        var writer = new KeyWriter(stackalloc char[256]);
        writer.Append(path);
        writer.Append(query);
        ulong hash = HashOf(writer.Written);
        writer.Dispose();
        return hash;
    }

    /// <summary>The answer that is stored for a request; its body is held for the caller.</summary>
    public CacheEntry? Find(ulong hash, ReadOnlySpan<char> key, GatewayContext context, bool onlyForAll) => ShardOf(hash).Find(hash, key, context, onlyForAll);

    /// <summary>Stores an answer whose body is about to come.</summary>
    /// <returns>Null when there is no memory for it, or the cache was purged since it was asked for.</returns>
    public CacheEntry? Add(CacheTarget target, StoredHead head, StoredBody body)
    {
        int charge = head.Bytes + target.Bytes;
        if (!Memory.TryCharge(charge))
            return null;
        CacheEntry? entry = null;
        if (ShardOf(target.Hash).Add(target, head.Sequence, resource => entry = new CacheEntry(resource, head, body) { ChargedBytes = charge, Id = Interlocked.Increment(ref _entries) }))
            return entry;
        Memory.Discharge(charge);
        return null;
    }

    /// <summary>Counts the whole body of an answer in.</summary>
    public void Weigh(CacheEntry entry) => ShardOf(entry.Resource.Hash).Weigh(entry);

    /// <summary>Gives an answer another head.</summary>
    public void Freshen(CacheEntry entry, StoredHead head) => ShardOf(entry.Resource.Hash).Freshen(entry, head);

    public bool Remove(CacheEntry entry) => ShardOf(entry.Resource.Hash).Remove(entry);

    public Flight Join(CacheTarget target, out bool leads) => ShardOf(target.Hash).Join(target, out leads);

    public void End(Flight flight, FlightEnd end) => ShardOf(flight.Target.Hash).End(flight, end);

    /// <summary>Takes out what a condition names, and keeps out what is on its way.</summary>
    /// <returns>How many answers went.</returns>
    public int Purge(Func<CacheEntry, bool> condition)
    {
        long sequence = Marks.Next();
        return _shards.Sum(shard => shard.Purge(condition, sequence));
    }

    /// <summary>The stored answers that a condition names. Goes through the table shard by shard: for people who ask.</summary>
    public IEnumerable<CacheEntry> Where(Func<CacheEntry, bool> condition) => _shards.SelectMany(shard => shard.Where(condition));

    public void Dispose()
    {
        Renewals.Dispose();
        foreach (CacheShard shard in _shards)
            shard.Close();
    }

    private CacheShard ShardOf(ulong hash) => _shards[hash >> 32 & (Shards - 1)];

    private bool TryEvict()
    {
        for (int tried = 0; tried < Shards; tried++)
        {
            uint next = (uint)Interlocked.Increment(ref _nextToEvict);
            if (!_shards[next % Shards].TryEvict())
                continue;
            Interlocked.Increment(ref _evicted);
            return true;
        }

        return false;
    }
}
