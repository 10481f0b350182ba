using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Headgate.Gateway.Sockets;

/// <summary>
/// One thread that waits for what happens on its sockets and calls their owners. The two legs of a request lie on the same loop as a rule, so that
/// no other thread takes part in it. Adding, removing and closing is thread-safe.
/// </summary>
internal sealed class EventLoop : IDisposable
{
    private const int EventsPerWait = 256;
    private const ulong StopKey = 0;

    [ThreadStatic]
    private static EventLoop? t_current;

    private readonly SafeFileHandle _epoll = Libc.EpollCreate();
    private readonly SafeFileHandle _wake = Libc.EventFd();
    private readonly SocketTable _sockets = new();
    private readonly LingeringSockets _lingering = new();
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private volatile bool _stopping;

    public EventLoop(int index, bool runsInline, ILogger logger)
    {
        if (_epoll.IsInvalid || _wake.IsInvalid)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        Index = index;
        RunsInline = runsInline;
        _logger = logger;
        Watch(_wake, Libc.Readable, StopKey);
        _thread = new Thread(Run) { IsBackground = true, Name = $"headgate-loop-{index}" };
        _thread.Start();
    }

    /// <summary>The loop whose thread this is; null on other threads.</summary>
    public static EventLoop? Current => t_current;

    /// <summary>Its number among its group.</summary>
    public int Index { get; }

    /// <summary>The buffers of its connections.</summary>
    public BlockPool Blocks { get; } = new();

    /// <summary>Whether owners are called on this thread; otherwise on the thread pool.</summary>
    public bool RunsInline { get; }

    /// <summary>Begins to watch a socket. The first events may come before this returns.</summary>
    public void Add(EventSocket socket)
    {
        socket.Key = _sockets.Add(socket);
        Watch(socket.Handle, Libc.Readable | Libc.Writable | Libc.PeerClosed | Libc.EdgeTriggered, socket.Key);
    }

    /// <summary>Forgets a socket; called before it is closed, which takes it from the kernel's list.</summary>
    public void Remove(EventSocket socket) => _sockets.Remove(socket.Key);

    /// <summary>Stops watching a socket that goes to another loop. What comes between the two is told by the other when it begins to watch.</summary>
    public void Release(EventSocket socket)
    {
        _sockets.Remove(socket.Key);
        _ = Libc.EpollControl(_epoll, Libc.EpollDelete, socket.Handle, default);
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
        _epoll.Dispose();
        _wake.Dispose();
    }

    private void Run()
    {
        t_current = this;
        byte[] events = GC.AllocateArray<byte>(EventsPerWait * EpollEvents.Stride, pinned: true);
        while (!_stopping)
        {
            int count = Libc.EpollWait(_epoll, events, EventsPerWait, _lingering.MillisecondsToNext());
            for (int i = 0; i < count; i++)
                Dispatch(events.AsSpan(i * EpollEvents.Stride, EpollEvents.Stride));
            if (count < 0 && Marshal.GetLastPInvokeError() != Libc.Interrupted)
                throw new Win32Exception(Marshal.GetLastPInvokeError());
            _lingering.CloseExpired();
        }
    }

    private void Dispatch(ReadOnlySpan<byte> entry)
    {
        ulong key = EpollEvents.DataOf(entry);
        if (key == StopKey)
        {
            Span<byte> times = stackalloc byte[sizeof(ulong)];
            _ = Libc.Read(_wake, times, sizeof(ulong));
            return;
        }

        // An event of a socket that was closed while this batch was worked off has a key that is no longer in the table.
        if (_sockets.Find(key) is not { } socket)
            return;
        try
        {
            socket.OnEvents(EpollEvents.EventsOf(entry));
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

    private void Watch(SafeHandle handle, uint events, ulong key)
    {
        Span<byte> entry = stackalloc byte[EpollEvents.Stride];
        EpollEvents.Write(entry, events, key);
        if (Libc.EpollControl(_epoll, Libc.EpollAdd, handle, entry) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }
}
