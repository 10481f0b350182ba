namespace Headgate.Gateway.Policies.ConcurrencyLimit;

/// <summary>A part of a <see cref="ConcurrencyState"/> with a lock of its own. Thread-safe; what says so needs the lock.</summary>
internal sealed class ConcurrencyStripe
{
    private readonly Dictionary<ulong, int> _underWay = [];

    public Lock Lock { get; } = new();

    public long InFlight
    {
        get
        {
            lock (Lock)
                return _underWay.Values.Sum();
        }
    }

    /// <summary>How many requests of a consumer are under way. Needs the lock.</summary>
    public int CountOf(ulong key) => _underWay.GetValueOrDefault(key);

    /// <summary>Counts one more. Needs the lock.</summary>
    public void Enter(ulong key) => _underWay[key] = CountOf(key) + 1;

    /// <summary>Adds all consumers. Locks.</summary>
    public void CopyTo(List<(ulong Key, int UnderWay)> consumers)
    {
        lock (Lock)
            consumers.AddRange(_underWay.Select(consumer => (consumer.Key, consumer.Value)));
    }

    /// <summary>Counts one less. Locks.</summary>
    public void Leave(ulong key)
    {
        lock (Lock)
        {
            int left = CountOf(key) - 1;
            if (left > 0)
                _underWay[key] = left;
            else
                _underWay.Remove(key);
        }
    }
}
