namespace Headgate.Integration.Events.Subscriptions;

/// <summary>How many partitions of a subscription this process may have, and how many it has. Thread-safe.</summary>
/// <param name="all">All partitions: what it may have until it knows of others.</param>
internal sealed class PartitionShare(int all)
{
    private readonly Lock _lock = new();
    private int _most = all;
    private int _held;

    /// <summary>The share of one of the members among whom all partitions are dealt out, in the order of their names.</summary>
    public static int Of(int partitions, int members, int position) => (partitions / members) + (position < partitions % members ? 1 : 0);

    /// <summary>Says how many it may have from now on.</summary>
    public void Set(int most)
    {
        lock (_lock)
            _most = most;
    }

    /// <summary>Counts one in that is about to be taken; false when it may have no more.</summary>
    public bool TryTake()
    {
        lock (_lock)
        {
            if (_held >= _most)
                return false;
            _held++;
            return true;
        }
    }

    /// <summary>Whether one that it has is to be given to others; it is counted out then.</summary>
    public bool TryGiveBack()
    {
        lock (_lock)
        {
            if (_held <= _most)
                return false;
            _held--;
            return true;
        }
    }

    /// <summary>Counts one out that it has no more.</summary>
    public void Lose()
    {
        lock (_lock)
            _held--;
    }
}
