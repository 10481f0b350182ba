namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// The one timer of all pools: it closes connections whose stage is over its deadline and idle ones that are no longer wanted. Requests
/// so need no timer and no cancellation source of their own. Thread-safe.
/// </summary>
internal sealed class PoolSweeper : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<ConnectionPool> _pools = [];
    private readonly List<UpstreamConnection> _found = [];
    private readonly ITimer _timer;
    private int _running;

    public PoolSweeper(TimeSpan interval, TimeProvider time) =>
        _timer = time.CreateTimer(static state => ((PoolSweeper)state!).Sweep(), this, interval, interval);

    public void Add(ConnectionPool pool)
    {
        lock (_lock)
            _pools.Add(pool);
    }

    public void Remove(ConnectionPool pool)
    {
        lock (_lock)
            _pools.Remove(pool);
    }

    public void Dispose()
    {
        _timer.Dispose();
        ConnectionPool[] pools;
        lock (_lock)
            pools = [.. _pools];
        foreach (ConnectionPool pool in pools)
            pool.Close();
    }

    private void Sweep()
    {
        // A timer may fire again while a slow sweep is still running.
        if (Interlocked.Exchange(ref _running, 1) != 0)
            return;
        long now = Environment.TickCount64;
        for (int i = 0; PoolAt(i) is { } pool; i++)
            pool.Sweep(now, _found);
        Volatile.Write(ref _running, 0);
    }

    private ConnectionPool? PoolAt(int index)
    {
        lock (_lock)
            return index < _pools.Count ? _pools[index] : null;
    }
}
