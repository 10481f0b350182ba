using System.Collections.Concurrent;

namespace Headgate.Gateway.Sockets;

/// <summary>
/// What goes on on an event loop after it was awaited on another thread. One waking serves all that came before the loop took them, so a store that commits many commands at once wakes it
/// once. Unbounded of itself: each is a request under way that waits. Adding is thread-safe; the loop runs it.
/// </summary>
/// <param name="wake">Wakes the loop.</param>
internal sealed class LoopWork(Action wake) : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _waiting = new();
    private int _isWoken;
    private volatile bool _isClosed;

    public override void Post(SendOrPostCallback d, object? state)
    {
        _waiting.Enqueue((d, state));
        if (_isClosed)
            RunElsewhere();
        else if (Interlocked.Exchange(ref _isWoken, 1) == 0)
            TryWake();
    }

    /// <summary>Nobody may wait for a loop.</summary>
    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("An event loop is not waited for.");

    /// <summary>Runs what waits now. What comes meanwhile has its turn after the sockets' next.</summary>
    public void Run()
    {
        Volatile.Write(ref _isWoken, 0);
        for (int left = _waiting.Count; left > 0 && _waiting.TryDequeue(out var work); left--)
            work.Callback(work.State);
    }

    /// <summary>The loop ends: what waits, and what still comes, goes on on the pool.</summary>
    public void Close()
    {
        _isClosed = true;
        RunElsewhere();
    }

    private void TryWake()
    {
        try
        {
            wake();
        }
        catch (ObjectDisposedException)
        {
            // The loop ended in between, and has seen to what waited.
            RunElsewhere();
        }
    }

    private void RunElsewhere()
    {
        while (_waiting.TryDequeue(out var work))
            ThreadPool.UnsafeQueueUserWorkItem(static work => work.Callback(work.State), work, preferLocal: false);
    }
}
