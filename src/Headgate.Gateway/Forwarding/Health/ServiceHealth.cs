namespace Headgate.Gateway.Forwarding.Health;

/// <summary>What is known of the instances of a service together. Lives as long as the instances, across reloads. Thread-safe.</summary>
/// <param name="service">The service.</param>
/// <param name="instances">Its instances.</param>
internal sealed class ServiceHealth(string service, UpstreamInstance[] instances)
{
    /// <summary>The most changes that are remembered.</summary>
    public const int MostChanges = 64;

    private readonly Queue<HealthChange> _changes = new();
    private long _someOutUntil;
    private long _ejections;

    public string Service => service;

    public UpstreamInstance[] Instances => instances;

    /// <summary>Held while something changes.</summary>
    public Lock Lock { get; } = new();

    /// <summary>When the window began over which shares of failures are taken, in nanoseconds.</summary>
    public long WindowStart { get; private set; } = long.MinValue;

    /// <summary>How often instances were left out for failures.</summary>
    public long Ejections => Volatile.Read(ref _ejections);

    /// <summary>Whether any instance may be out: a single read while all is well.</summary>
    public bool MayHaveOut(long now) => Volatile.Read(ref _someOutUntil) > now;

    /// <summary>How many instances are out.</summary>
    public int CountOut(long now)
    {
        int count = 0;
        for (int i = 0; i < instances.Length; i++)
            count += instances[i].Health.IsOut(now) ? 1 : 0;
        return count;
    }

    /// <summary>Whether so few instances are usable that none is left out.</summary>
    /// <param name="now">Now, in nanoseconds.</param>
    /// <param name="percent">With fewer than this in a hundred.</param>
    public bool Panics(long now, int percent) => MayHaveOut(now) && (instances.Length - CountOut(now)) * 100 < instances.Length * percent;

    /// <summary>The latest changes, the oldest first.</summary>
    public HealthChange[] ReadChanges()
    {
        lock (Lock)
            return [.. _changes];
    }

    /// <summary>Begins a new window where the last is over. Under the lock.</summary>
    public void RollWindow(long now, long length)
    {
        if (WindowStart != long.MinValue && now - WindowStart < length)
            return;
        WindowStart = now;
        foreach (UpstreamInstance instance in instances)
            instance.Health.BeginWindow(instance.Begun);
    }

    /// <summary>Takes note of a change. Under the lock.</summary>
    public void Note(HealthChange change)
    {
        _ejections += change.Kind == HealthChangeKind.Ejected ? 1 : 0;
        Volatile.Write(ref _someOutUntil, instances.Max(instance => instance.Health.OutUntil));
        if (_changes.Count == MostChanges)
            _changes.Dequeue();
        _changes.Enqueue(change);
    }
}
