namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>
/// Which answer goes when memory is short: S3-FIFO (Yang et al., SOSP 2023). New answers wait in a small queue; those that were asked for again meanwhile move to the main one, the
/// others go, and are remembered by their hash alone for a while: one that comes again goes to the main queue at once. So a scan of answers that nobody asks for twice passes
/// through a tenth of the table, and a hit moves nothing. Needs its shard's lock.
/// </summary>
internal sealed class EvictionQueues
{
    /// <summary>The most hashes of answers that went.</summary>
    public const int MostGhosts = 4096;

    // The small queue's share of the bytes, in one of so many.
    private const int SmallShare = 10;

    private readonly EntryQueue _small = new();
    private readonly EntryQueue _main = new();
    private readonly Queue<ulong> _ghosts = new();
    private readonly HashSet<ulong> _ghostSet = [];

    public int Count => _small.Count + _main.Count;

    public void Add(CacheEntry entry) => (_ghostSet.Contains(entry.Resource.Hash) ? _main : _small).Add(entry);

    /// <summary>Chooses who goes. Answers that are being read or filled are passed over: their going would free nothing.</summary>
    public CacheEntry? Choose()
    {
        // Each step lets an entry go, moves it on or takes one of its up to three uses off.
        for (int steps = (4 * Count) + 1; steps > 0 && Count > 0; steps--)
        {
            bool fromSmall = _small.Count > 0 && (_main.Count == 0 || _small.Bytes * SmallShare >= _small.Bytes + _main.Bytes);
            CacheEntry oldest = (fromSmall ? _small : _main).Oldest!;
            if (oldest.Uses == 0 && oldest.Body.IsIdle)
            {
                if (fromSmall)
                    Remember(oldest.Resource.Hash);
                return oldest;
            }

            oldest.Queue!.Remove(oldest);
            if (!fromSmall)
                oldest.ForgetUse();
            _main.Add(oldest);
        }

        return null;
    }

    private void Remember(ulong hash)
    {
        if (!_ghostSet.Add(hash))
            return;
        _ghosts.Enqueue(hash);
        if (_ghosts.Count > MostGhosts)
            _ghostSet.Remove(_ghosts.Dequeue());
    }
}
