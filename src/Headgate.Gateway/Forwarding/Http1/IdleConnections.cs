namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>The idle connections of one pool on one event loop, last in, first out. Thread-safe.</summary>
internal sealed class IdleConnections
{
    private readonly Lock _lock = new();
    private readonly List<UpstreamConnection> _connections = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _connections.Count;
        }
    }

    /// <summary>Takes the one that became idle last; null when there is none.</summary>
    public UpstreamConnection? TryTake()
    {
        lock (_lock)
        {
            if (_connections.Count == 0)
                return null;
            UpstreamConnection connection = _connections[^1];
            _connections.RemoveAt(_connections.Count - 1);
            return connection;
        }
    }

    /// <summary>Takes one in unless there are so many already.</summary>
    public bool TryAdd(UpstreamConnection connection, int most)
    {
        lock (_lock)
        {
            if (_connections.Count >= most)
                return false;
            _connections.Add(connection);
            return true;
        }
    }

    /// <summary>Takes this one out; false when it is not (or no longer) idle.</summary>
    public bool Remove(UpstreamConnection connection)
    {
        lock (_lock)
            return _connections.Remove(connection);
    }

    /// <summary>Adds to a list those that answer to a condition.</summary>
    public void CopyTo(List<UpstreamConnection> found, Predicate<UpstreamConnection> isWanted)
    {
        lock (_lock)
        {
            foreach (UpstreamConnection connection in _connections)
            {
                if (isWanted(connection))
                    found.Add(connection);
            }
        }
    }
}
