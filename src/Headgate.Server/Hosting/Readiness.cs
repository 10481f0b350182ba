namespace Headgate.Server.Hosting;

/// <summary>Whether this instance wants traffic. Thread-safe.</summary>
internal sealed class Readiness
{
    private readonly Lock _lock = new();
    private bool _isOpen;
    private bool _isStopping;
    private DateTimeOffset? _drainedSince;

    /// <summary>The state now.</summary>
    public ReadinessState State
    {
        get
        {
            lock (_lock)
                return _isStopping || _drainedSince is not null ? ReadinessState.Draining : _isOpen ? ReadinessState.Ready : ReadinessState.Starting;
        }
    }

    /// <summary>Whether the process is about to end: then it wants no traffic any more, whatever an operator says.</summary>
    public bool IsStopping
    {
        get
        {
            lock (_lock)
                return _isStopping;
        }
    }

    /// <summary>Since when an operator wants no traffic for it; null while none says so.</summary>
    public DateTimeOffset? DrainedSince
    {
        get
        {
            lock (_lock)
                return _drainedSince;
        }
    }

    /// <summary>The listeners are open and the plan serves.</summary>
    public void BecomeReady()
    {
        lock (_lock)
            _isOpen = true;
    }

    /// <summary>No further traffic, please: the process ends.</summary>
    public void BeginStopping()
    {
        lock (_lock)
            _isStopping = true;
    }

    /// <summary>No further traffic, please, until <see cref="Undrain"/>. Whoever comes all the same is served.</summary>
    /// <returns>Whether that is new.</returns>
    public bool Drain(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_drainedSince is not null)
                return false;
            _drainedSince = now;
            return true;
        }
    }

    /// <summary>Traffic again.</summary>
    /// <returns>Whether that is new.</returns>
    public bool Undrain()
    {
        lock (_lock)
        {
            bool wasDrained = _drainedSince is not null;
            _drainedSince = null;
            return wasDrained;
        }
    }
}
