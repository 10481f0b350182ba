using System.Text;
using Headgate.Gateway.Sockets;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// The connections to one instance: idle ones are reused last in, first out, so that the surplus of a peak grows old and is closed. A request takes one of its own event
/// loop, so that one thread does all of its work. Bounded in number, idle number, idle time and age (<see cref="SocketTransportOptions"/>). Thread-safe.
/// </summary>
internal sealed class ConnectionPool
{
    private readonly Lock _lock = new();
    private readonly List<UpstreamConnection> _all = [];
    private readonly IdleConnections[] _idle;
    private readonly int _mostIdlePerLoop;
    private readonly SocketTransportOptions _options;
    private long _now;
    private int _connecting;
    private volatile bool _closed;

    public ConnectionPool(UpstreamInstance instance, SocketTransportOptions options, EventLoopGroup loops, TimeProvider time)
    {
        Instance = instance;
        HeadEnd = Encoding.ASCII.GetBytes($" HTTP/1.1\r\nHost: {instance.HostHeader}\r\n");
        Addresses = new AddressCache(instance.Url.IdnHost, options, time);
        Loops = loops;
        Time = time;
        _options = options;
        _idle = [.. Enumerable.Range(0, loops.Count).Select(_ => new IdleConnections())];
        _mostIdlePerLoop = Math.Max(1, options.MaxIdleConnections / loops.Count);
        _now = time.GetTimestamp();
    }

    public UpstreamInstance Instance { get; }

    /// <summary>The rest of the request line and <c>Host</c>, the same in all requests.</summary>
    public byte[] HeadEnd { get; }

    public AddressCache Addresses { get; }

    public EventLoopGroup Loops { get; }

    /// <summary>What the answers of its connections have in common.</summary>
    public CommonFieldLines FieldLines { get; } = new();

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

    public int IdleCount => _idle.Sum(idle => idle.Count);

    /// <summary>
    /// Takes the connection that became idle last on this thread's loop, else one of another loop, which goes over to this; null when there is none.
    /// So the loops come to as many connections each as they use at a time.
    /// </summary>
    public UpstreamConnection? TryTake()
    {
        EventLoop? loop = Loops.Current;
        if (loop is not null && TryTake(_idle[loop.Index]) is { } own)
            return own;
        foreach (IdleConnections idle in _idle)
        {
            if (TryTake(idle) is not { } connection)
                continue;
            if (loop is not null)
                connection.MoveTo(loop);
            return connection;
        }

        return null;
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
    public UpstreamConnection Add(EventSocket socket)
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
        bool kept = connection.StartReceiving() && !_closed && !ConnectionAge.IsTooOld(connection, connection.IdleSince, _options, Time)
            && IdleOf(connection).TryAdd(connection, _mostIdlePerLoop);

        // The receive may have ended between its start and the connection's becoming idle, where nobody was told; the pool may have been closed just as well.
        if (!kept)
            connection.Drop(CloseReason.NotReusable);
        else if (connection.IsStale || _closed)
            CloseIfIdle(connection);
    }

    /// <summary>Closes a connection on which something came while nobody had asked; one that is in use again is left to its exchange.</summary>
    public void CloseIfIdle(UpstreamConnection connection)
    {
        if (IdleOf(connection).Remove(connection))
            connection.Drop(CloseReason.Retired);
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
        }

        IdleOf(connection).Remove(connection);
    }

    /// <summary>Closes what is over its deadline, idle for too long or too old. Called by the sweeper.</summary>
    /// <param name="tickCount"><c>Environment.TickCount64</c>.</param>
    /// <param name="found">A list to use, empty before and after.</param>
    public void Sweep(long tickCount, List<UpstreamConnection> found)
    {
        long now = Time.GetTimestamp();
        Volatile.Write(ref _now, now);
        lock (_lock)
            found.AddRange(_all);
        foreach (UpstreamConnection connection in found)
            connection.CloseIfExpired(tickCount);
        found.Clear();

        CloseIdle(found, connection => ConnectionAge.IsIdleForTooLong(connection, now, _options, Time) || ConnectionAge.IsTooOld(connection, now, _options, Time));
    }

    /// <summary>Closes the idle connections now and the busy ones when their exchange ends.</summary>
    public void Close()
    {
        _closed = true;
        CloseIdle([], static _ => true);
    }

    private static UpstreamConnection? TryTake(IdleConnections idle)
    {
        while (idle.TryTake() is { } connection)
        {
            if (!connection.IsStale)
                return connection;
            connection.Drop(CloseReason.Retired);
        }

        return null;
    }

    private IdleConnections IdleOf(UpstreamConnection connection) => _idle[connection.Loop.Index];

    private void CloseIdle(List<UpstreamConnection> found, Predicate<UpstreamConnection> isWanted)
    {
        foreach (IdleConnections idle in _idle)
            idle.CopyTo(found, isWanted);
        foreach (UpstreamConnection connection in found)
            CloseIfIdle(connection);
        found.Clear();
    }
}
