namespace Headgate.Storage.Sqlite;

/// <summary>The bounded line before the store's threads. Thread-safe.</summary>
internal sealed class WorkQueue(int bound)
{
    private readonly object _gate = new();
    private readonly Queue<StoreWork> _waiting = [];
    private bool _closed;

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
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Waits for work and takes up to so many, those left out that were given up meanwhile; false when the queue is closed and empty.</summary>
    public bool Take(List<StoreWork> taken, int most)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closed)
                    return false;
                Monitor.Wait(_gate);
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
