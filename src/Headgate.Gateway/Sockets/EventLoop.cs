using System.Runtime.InteropServices;
using Headgate.Gateway.Telemetry.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Headgate.Gateway.Sockets;

/// <summary>
/// One thread that waits for what happens on its sockets and calls their owners. The two legs of a request lie on the same loop as a rule, so that
/// no other thread takes part in it. Adding, removing and closing is thread-safe.
/// </summary>
/// <remarks>
/// Work that is begun goes first: after a few clients the loop looks at the upstreams. With hundreds of busy clients an answer so finds its request still in the processor's
/// cache, and few upstream connections do the work of many.
/// </remarks>
internal sealed class EventLoop : IDisposable
{
    private const int ClientsInTurn = 16;
    private const int UpstreamsInTurn = 64;
    private const ulong WakeKey = 0;
    private const ulong UpstreamsKey = 1;

    [ThreadStatic]
    private static EventLoop? t_current;

    private readonly EpollSet _clients = new(ClientsInTurn);
    private readonly EpollSet _upstreams = new(UpstreamsInTurn);
    private readonly SafeFileHandle _wake = Libc.EventFd();
    private readonly SocketTable _sockets = new();
    private readonly LingeringSockets _lingering = new();
    private readonly LoopWork _work;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private volatile bool _stopping;

    public EventLoop(int index, bool runsInline, ILogger logger)
    {
        Index = index;
        RunsInline = runsInline;
        Blocks = new BlockPool(this);
        _work = new LoopWork(Wake);
        _logger = logger;
        _clients.Add(_wake, Libc.Readable, WakeKey);
        _clients.Add(_upstreams.Handle, Libc.Readable, UpstreamsKey);
        _thread = new Thread(Run) { IsBackground = true, Name = $"headgate-loop-{index}" };
        _thread.Start();
    }

    /// <summary>The loop whose thread this is; null on other threads.</summary>
    public static EventLoop? Current => t_current;

    /// <summary>Its number among its group.</summary>
    public int Index { get; }

    /// <summary>The buffers of its connections.</summary>
    public BlockPool Blocks { get; }

    /// <summary>Whether owners are called on this thread; otherwise on the thread pool.</summary>
    public bool RunsInline { get; }

    /// <summary>Where what was awaited elsewhere goes on when it goes on here.</summary>
    public SynchronizationContext Continuations => _work;

    /// <summary>Begins to watch a socket. The first events may come before this returns.</summary>
    public void Add(EventSocket socket)
    {
        _sockets.Add(socket);
        SetOf(socket).Add(socket.Handle, Libc.Readable | Libc.Writable | Libc.PeerClosed | Libc.EdgeTriggered, socket.Key);
    }

    /// <summary>Forgets a socket; called before it is closed.</summary>
    public void Remove(EventSocket socket) => _sockets.Remove(socket.Key);

    /// <summary>Stops watching a socket that goes to another loop. What comes between the two is told by the other when it begins to watch.</summary>
    public void Release(EventSocket socket)
    {
        _sockets.Remove(socket.Key);
        SetOf(socket).Remove(socket.Handle);
    }

    /// <summary>Closes a socket after a time, unless it is closed before.</summary>
    public void CloseLater(EventSocket socket)
    {
        if (_lingering.Add(socket))
            Wake();
    }

    /// <summary>Ends the thread after the events at hand. The sockets stay open: they are their owners'.</summary>
    public void Dispose()
    {
        _stopping = true;
        Wake();
        if (!ReferenceEquals(t_current, this))
            _thread.Join();
        Blocks.Dispose();
        _clients.Dispose();
        _upstreams.Dispose();
        _wake.Dispose();
    }

    private EpollSet SetOf(EventSocket socket) => socket.IsUpstream ? _upstreams : _clients;

    private void Run()
    {
        t_current = this;
        CounterThread.Claim();
        while (!_stopping)
            RunTurn();
        _work.Close();
        CounterThread.Release();
    }

    private void RunTurn()
    {
        int count = _clients.Wait(_lingering.MillisecondsToNext());

        // A turn that is full may have left the upstreams' turn behind other clients.
        bool upstreamsToo = count == ClientsInTurn;
        for (int i = 0; i < count; i++)
        {
            (uint events, ulong key) = _clients.EventAt(i);
            if (key == UpstreamsKey)
                upstreamsToo = true;
            else if (key == WakeKey)
                RunWork();
            else
                Dispatch(key, events);
        }

        if (upstreamsToo)
            RunUpstreams();
        _lingering.CloseExpired();
    }

    private void RunUpstreams()
    {
        int count = _upstreams.Wait(0);
        for (int i = 0; i < count; i++)
        {
            (uint events, ulong key) = _upstreams.EventAt(i);
            Dispatch(key, events);
        }
    }

    private void Dispatch(ulong key, uint events)
    {
        // An event of a socket that was closed while this turn was worked off has a key that is no longer in the table.
        if (_sockets.Find(key) is not { } socket)
            return;
        try
        {
            socket.OnEvents(events);
        }
        catch (Exception exception)
        {
            // A fault of Headgate's own. It costs one connection, not all of the loop's.
            SocketsLog.OwnerFailed(_logger, exception);
            socket.Close();
        }
    }

    private void Wake()
    {
        Span<byte> one = stackalloc byte[sizeof(ulong)];
        MemoryMarshal.Write(one, 1UL);
        _ = Libc.Write(_wake, one, sizeof(ulong));
    }

    private void RunWork()
    {
        Span<byte> times = stackalloc byte[sizeof(ulong)];
        _ = Libc.Read(_wake, times, sizeof(ulong));
        _work.Run();
    }
}
