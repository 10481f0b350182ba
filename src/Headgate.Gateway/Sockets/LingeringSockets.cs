namespace Headgate.Gateway.Sockets;

/// <summary>
/// Connections that are over for us while the peer may still be sending. Closed at once they would be reset, and the reset can overtake the answer (RFC 9112 §9.6); so they
/// stay open until the peer closes, for two seconds at most. Thread-safe.
/// </summary>
internal sealed class LingeringSockets
{
    private const int LingerMilliseconds = 2_000;

    private readonly Lock _lock = new();
    private readonly Queue<(EventSocket Socket, long Deadline)> _queue = new();
    private int _count;

    /// <summary>Takes a socket in.</summary>
    /// <returns>Whether it is the first, of whose deadline the loop does not know yet.</returns>
    public bool Add(EventSocket socket)
    {
        lock (_lock)
        {
            _queue.Enqueue((socket, Environment.TickCount64 + LingerMilliseconds));
            _count = _queue.Count;
            return _count == 1;
        }
    }

    /// <summary>How long the loop may sleep; -1 for ever.</summary>
    public int MillisecondsToNext()
    {
        if (Volatile.Read(ref _count) == 0)
            return Timeout.Infinite;
        lock (_lock)
            return _queue.TryPeek(out (EventSocket Socket, long Deadline) next) ? (int)Math.Max(0, next.Deadline - Environment.TickCount64) : Timeout.Infinite;
    }

    /// <summary>Closes those whose time is over.</summary>
    public void CloseExpired()
    {
        while (Volatile.Read(ref _count) != 0 && TakeExpired() is { } socket)
            socket.Close();
    }

    private EventSocket? TakeExpired()
    {
        lock (_lock)
        {
            if (!_queue.TryPeek(out (EventSocket Socket, long Deadline) next) || (next.Deadline > Environment.TickCount64 && !next.Socket.IsClosed))
                return null;
            _queue.Dequeue();
            _count = _queue.Count;
            return next.Socket;
        }
    }
}
