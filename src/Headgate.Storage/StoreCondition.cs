namespace Headgate.Storage;

/// <summary>Keeps a store's health and logs each change of it. Failures make it unhealthy at once; only a probe that wrote makes it healthy again. Thread-safe.</summary>
internal sealed class StoreCondition(string place, ILogger logger, TimeProvider time)
{
    private readonly Lock _lock = new();
    private volatile StoreHealth _current = new(null, time.GetUtcNow());

    public StoreHealth Current => _current;

    public ILogger Logger => logger;

    /// <summary>Notes a failure that concerns the whole store; others are the command's own.</summary>
    public void Note(Exception failure)
    {
        if (failure is StoreException { Problem: { ConcernsTheStore: true } problem })
            BecomeUnhealthy(problem);
    }

    public void BecomeUnhealthy(StoreProblem problem)
    {
        lock (_lock)
        {
            StoreProblem? known = _current.Problem;
            if (known == problem)
                return;

            // Another reason is news; the time is that of the first.
            _current = new StoreHealth(problem, known is null ? time.GetUtcNow() : _current.Since);
            if (known?.Kind != problem.Kind)
                StoreLog.Unhealthy(logger, problem);
        }
    }

    public void BecomeHealthy()
    {
        lock (_lock)
        {
            if (_current.IsHealthy)
                return;
            DateTimeOffset now = time.GetUtcNow();
            StoreLog.Recovered(logger, place, now - _current.Since);
            _current = new StoreHealth(null, now);
        }
    }
}
