namespace Headgate.Storage.Sqlite;

/// <summary>The bounded line before the store's threads. Thread-safe.</summary>
internal sealed class WorkQueue(int bound)
{
    private readonly object _gate = new();
    private readonly Queue<StoreWork> _waiting = [];
    private bool _closed;

    // At how many whoever takes is woken.
    private int _awaited = 1;

    /// <summary>Adds work; false when as much as may wait is waiting.</summary>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public bool TryAdd(StoreWork work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(Store));
            if (_waiting.Count >= bound)
                return false;
            _waiting.Enqueue(work);
            if (_waiting.Count >= _awaited)
                Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Waits for work and takes up to so many, those left out that were given up meanwhile; false when the queue is closed and empty.</summary>
    /// <param name="taken">Where it goes.</param>
    /// <param name="most">The most.</param>
    /// <param name="expected">How many are worth waiting for, once there is one.</param>
    /// <param name="patience">How long.</param>
    public bool Take(List<StoreWork> taken, int most, int expected, TimeSpan patience)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closed)
                    return false;
                Monitor.Wait(_gate);
            }

            if (_waiting.Count < expected && !_closed)
            {
                _awaited = expected;
                Monitor.Wait(_gate, patience);
                _awaited = 1;
            }

            while (taken.Count < most && _waiting.TryDequeue(out StoreWork? work))
            {
                if (work.TryBegin())
                    taken.Add(work);
            }

            return true;
        }
    }

    /// <summary>Gives up what began to wait before a point in time.</summary>
    public void Expire(long before, Func<Exception> reason)
    {
        StoreWork[] late;
        lock (_gate)
            late = [.. _waiting.TakeWhile(work => work.QueuedAt < before)];
        foreach (StoreWork work in late)
            work.GiveUp(reason());
    }

    /// <summary>Takes no more; what waits is still to be done.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
