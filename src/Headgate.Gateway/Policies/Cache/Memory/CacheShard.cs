using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>A part of the table with a lock of its own. Thread-safe.</summary>
internal sealed class CacheShard(CacheMemory memory, InvalidationMarks marks)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, CacheResource> _resources = [];
    private readonly Dictionary<ulong, Flight> _flights = [];
    private readonly EvictionQueues _queues = new();
    private bool _isClosed;
    private long _purgedAt;

    public int Count
    {
        get
        {
            lock (_lock)
                return _queues.Count;
        }
    }

    /// <summary>The answer that is stored for a request. The caller holds its body and has to let go of it.</summary>
    /// <param name="hash">The hash of the key.</param>
    /// <param name="key">The key.</param>
    /// <param name="context">The request, to choose among variants.</param>
    /// <param name="onlyForAll">Whether it has to be one that may be given to whoever asks.</param>
    public CacheEntry? Find(ulong hash, ReadOnlySpan<char> key, GatewayContext context, bool onlyForAll)
    {
        lock (_lock)
        {
            if (!_resources.TryGetValue(hash, out CacheResource? resource) || !key.SequenceEqual(resource.Target.Key))
                return null;
            for (int i = resource.Variants.Count - 1; i >= 0; i--)
            {
                CacheEntry entry = resource.Variants[i];
                if (marks.IsAfter(resource.Target.PathHash, entry.Head.Sequence) || entry.Body.State == BodyState.BrokenOff)
                    Drop(entry);
                else if ((entry.Head.IsForAll || !onlyForAll) && entry.Head.Vary.Matches(context, entry.Head.VaryText))
                    return Use(entry);
            }

            return null;
        }
    }

    /// <summary>Puts an answer into the table, in the place of the same variant. Its memory is charged already.</summary>
    /// <returns>False when the table takes none any more, or was purged since the answer was asked for.</returns>
    public bool Add(CacheTarget target, long sequence, Func<CacheResource, CacheEntry> make)
    {
        lock (_lock)
        {
            // What a purge named an answer on its way cannot know: nothing that was asked for before a purge is stored after it.
            if (_isClosed || sequence < _purgedAt)
                return false;
            if (_resources.TryGetValue(target.Hash, out CacheResource? resource) && !string.Equals(resource.Target.Key, target.Key, StringComparison.Ordinal))
                DropAll(resource);
            if (resource is null || resource.IsEmpty)
                _resources[target.Hash] = resource = new CacheResource(target);
            CacheEntry entry = make(resource);
            entry.IsListed = true;
            entry.Body.Hold();
            if (resource.Add(entry) is { } replaced)
                Drop(replaced);
            entry.Weight = entry.ChargedBytes;
            _queues.Add(entry);
            return true;
        }
    }

    /// <summary>Counts a whole body in.</summary>
    public void Weigh(CacheEntry entry)
    {
        lock (_lock)
            entry.Queue?.Weigh(entry, entry.ChargedBytes + entry.Body.Length);
    }

    /// <summary>Gives an answer another head, if it is still in the table.</summary>
    public void Freshen(CacheEntry entry, StoredHead head)
    {
        lock (_lock)
        {
            if (!entry.IsListed)
                return;
            int more = head.Bytes - entry.Head.Bytes;
            memory.Discharge(-more);
            entry.ChargedBytes += more;
            entry.Queue!.Weigh(entry, entry.Weight + more);
            entry.Head = head;
        }
    }

    /// <summary>Takes an answer out of the table, if it is in it.</summary>
    public bool Remove(CacheEntry entry)
    {
        lock (_lock)
        {
            if (!entry.IsListed)
                return false;
            Drop(entry);
            return true;
        }
    }

    /// <summary>Takes those out that a condition names, and from now on none in that was asked for before.</summary>
    /// <returns>How many.</returns>
    public int Purge(Func<CacheEntry, bool> condition, long sequence)
    {
        lock (_lock)
        {
            _purgedAt = Math.Max(_purgedAt, sequence);
            CacheEntry[] found = [.. _resources.Values.SelectMany(resource => resource.Variants).Where(condition)];
            foreach (CacheEntry entry in found)
                Drop(entry);
            return found.Length;
        }
    }

    /// <summary>Those that a condition names. What is read of them without the lock may be a moment old.</summary>
    public CacheEntry[] Where(Func<CacheEntry, bool> condition)
    {
        lock (_lock)
            return [.. _resources.Values.SelectMany(resource => resource.Variants).Where(condition)];
    }

    /// <summary>Lets one answer go; false when there is none that can.</summary>
    public bool TryEvict()
    {
        lock (_lock)
        {
            if (_queues.Choose() is not { } entry)
                return false;
            Drop(entry);
            return true;
        }
    }

    /// <summary>Joins the call that is under way for a key, or begins one.</summary>
    public Flight Join(CacheTarget target, out bool leads)
    {
        lock (_lock)
        {
            leads = !_flights.TryGetValue(target.Hash, out Flight? flight) || !string.Equals(flight.Target.Key, target.Key, StringComparison.Ordinal);
            if (leads)
                _flights[target.Hash] = flight = new Flight(target);
            else
                flight!.Follow();
            return flight!;
        }
    }

    /// <summary>Ends a call: who asks from now on begins another.</summary>
    public void End(Flight flight, FlightEnd end)
    {
        lock (_lock)
        {
            if (_flights.TryGetValue(flight.Target.Hash, out Flight? current) && ReferenceEquals(current, flight))
                _flights.Remove(flight.Target.Hash);
        }

        flight.TryEnd(end);
    }

    /// <summary>Empties the table, which takes nothing any more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            foreach (CacheResource resource in _resources.Values.ToArray())
                DropAll(resource);
        }
    }

    private static CacheEntry Use(CacheEntry entry)
    {
        entry.Use();
        entry.Body.Hold();
        return entry;
    }

    private void DropAll(CacheResource resource)
    {
        foreach (CacheEntry entry in resource.Variants.ToArray())
            Drop(entry);
    }

    private void Drop(CacheEntry entry)
    {
        entry.IsListed = false;
        entry.Queue?.Remove(entry);
        entry.Resource.Remove(entry);
        if (entry.Resource.IsEmpty)
            _resources.Remove(entry.Resource.Hash);
        memory.Discharge(entry.ChargedBytes);
        entry.Body.LetGo();
    }
}
