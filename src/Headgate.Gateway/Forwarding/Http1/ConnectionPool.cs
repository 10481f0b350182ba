using System.Text;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// The connections to one instance: idle ones are reused last in, first out, so that the surplus of a peak grows old and is closed.
/// Bounded in number, idle number, idle time and age (<see cref="SocketTransportOptions"/>). Thread-safe.
/// </summary>
internal sealed class ConnectionPool
{
    private readonly Lock _lock = new();
    private readonly List<UpstreamConnection> _all = [];
    private readonly List<UpstreamConnection> _idle = [];
    private readonly SocketTransportOptions _options;
    private long _now;
    private int _connecting;
    private bool _closed;

    public ConnectionPool(UpstreamInstance instance, SocketTransportOptions options, TimeProvider time)
    {
        Instance = instance;
        HeadEnd = Encoding.ASCII.GetBytes($" HTTP/1.1\r\nHost: {instance.HostHeader}\r\n");
        Addresses = new AddressCache(instance.Url.IdnHost, options, time);
        _options = options;
        Time = time;
        _now = time.GetTimestamp();
    }

    public UpstreamInstance Instance { get; }

    /// <summary>The rest of the request line and <c>Host</c>, the same in all requests.</summary>
    public byte[] HeadEnd { get; }

    public AddressCache Addresses { get; }

    public TimeProvider Time { get; }

    /// <summary>The connections that exist or are being made.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _all.Count + _connecting;
        }
    }

    public int IdleCount
    {
        get
        {
            lock (_lock)
                return _idle.Count;
        }
    }

    /// <summary>Takes the connection that became idle last; null when none is.</summary>
    public UpstreamConnection? TryTake()
    {
        while (true)
        {
            UpstreamConnection connection;
            lock (_lock)
            {
                if (_idle.Count == 0)
                    return null;
                connection = _idle[^1];
                _idle.RemoveAt(_idle.Count - 1);
            }

            if (!connection.IsStale)
                return connection;
            connection.Close(CloseReason.Retired);
        }
    }

    /// <summary>Asks for the right to make one more connection; false when the bound is reached.</summary>
    public bool TryReserve()
    {
        lock (_lock)
        {
            if (_closed || _all.Count + _connecting >= _options.MaxConnections)
                return false;
            _connecting++;
            return true;
        }
    }

    /// <summary>Gives a reservation back unused.</summary>
    public void CancelReservation()
    {
        lock (_lock)
            _connecting--;
    }

    /// <summary>Turns a reservation into a connection that is in use.</summary>
    public UpstreamConnection Add(System.Net.Sockets.Socket socket)
    {
        var connection = new UpstreamConnection(socket, this) { CreatedAt = Time.GetTimestamp() };
        lock (_lock)
        {
            _connecting--;
            connection.PoolIndex = _all.Count;
            _all.Add(connection);
        }

        connection.StartReceiving();
        return connection;
    }

    /// <summary>Takes a connection back after a complete exchange; it is closed when it is too old or there are enough.</summary>
    public void Return(UpstreamConnection connection)
    {
        connection.IdleSince = Volatile.Read(ref _now);
        bool kept = false;
        if (connection.StartReceiving())
        {
            lock (_lock)
            {
                kept = !_closed && _idle.Count < _options.MaxIdleConnections && !ConnectionAge.IsTooOld(connection, _now, _options, Time);
                if (kept)
                    _idle.Add(connection);
            }
        }

        // The receive may have ended between its start and the connection's becoming idle, where nobody was told.
        if (!kept)
            connection.Close(CloseReason.NotReusable);
        else if (connection.IsStale)
            CloseIfIdle(connection);
    }

    /// <summary>Closes a connection on which something came while nobody had asked; one that is in use again is left to its exchange.</summary>
    public void CloseIfIdle(UpstreamConnection connection)
    {
        bool wasIdle;
        lock (_lock)
            wasIdle = _idle.Remove(connection);
        if (wasIdle)
            connection.Close(CloseReason.Retired);
    }

    /// <summary>Drops a connection that was closed.</summary>
    public void Forget(UpstreamConnection connection)
    {
        lock (_lock)
        {
            int index = connection.PoolIndex;
            if (index >= _all.Count || !ReferenceEquals(_all[index], connection))
                return;
            _all[index] = _all[^1];
            _all[index].PoolIndex = index;
            _all.RemoveAt(_all.Count - 1);
            _idle.Remove(connection);
        }
    }

    /// <summary>Closes what is over its deadline, idle for too long or too old. Called by the sweeper.</summary>
    /// <param name="tickCount"><c>Environment.TickCount64</c>.</param>
    /// <param name="found">A list to use, empty before and after.</param>
    public void Sweep(long tickCount, List<UpstreamConnection> found)
    {
        Volatile.Write(ref _now, Time.GetTimestamp());
        lock (_lock)
            found.AddRange(_all);
        foreach (UpstreamConnection connection in found)
            connection.CloseIfExpired(tickCount);
        found.Clear();

        lock (_lock)
        {
            foreach (UpstreamConnection connection in _idle)
            {
                if (ConnectionAge.IsIdleForTooLong(connection, _now, _options, Time) || ConnectionAge.IsTooOld(connection, _now, _options, Time))
                    found.Add(connection);
            }
        }

        foreach (UpstreamConnection connection in found)
            CloseIfIdle(connection);
        found.Clear();
    }

    /// <summary>Closes the idle connections now and the busy ones when their exchange ends.</summary>
    public void Close()
    {
        UpstreamConnection[] idle;
        lock (_lock)
        {
            _closed = true;
            idle = [.. _idle];
        }

        foreach (UpstreamConnection connection in idle)
            CloseIfIdle(connection);
    }
}
