using System.Net.Sockets;

namespace Headgate.Gateway.Sockets;

/// <summary>
/// A connected stream socket that never blocks, watched by an <see cref="EventLoop"/>. Receiving and sending are plain system calls; who finds nothing to
/// receive or no room to send waits for <see cref="ISocketEvents"/>. One user per direction at a time, on any thread; <see cref="Close"/> and <see cref="Abort"/> by anybody.
/// </summary>
/// <remarks>
/// epoll(7) tells of each change once. A receive that does not fill its buffer has emptied the socket, so nobody has to ask a second time to learn that there
/// is no more: that is one system call less per message than a client of .NET's asynchronous sockets pays.
/// </remarks>
internal sealed class EventSocket
{
    /// <summary>The result of a receive or send on a broken or closed connection.</summary>
    public const int Failed = -1;

    /// <summary>The result of a receive that finds nothing and of a send that finds no room.</summary>
    public const int NothingYet = -2;

    private readonly Socket _socket;
    private readonly SafeSocketHandle _handle;
    private ReadinessLatch _readable;
    private ReadinessLatch _writable;
    private ISocketEvents _owner;
    private volatile bool _ended;
    private int _closed;

    public EventSocket(Socket socket, EventLoop loop, ISocketEvents owner, bool isUpstream)
    {
        socket.Blocking = false;
        _socket = socket;
        _handle = socket.SafeHandle;
        _owner = owner;
        Loop = loop;
        IsUpstream = isUpstream;
    }

    /// <summary>The loop that watches it.</summary>
    public EventLoop Loop { get; private set; }

    /// <summary>Whether it leads to an upstream, whose answers go before the requests of clients.</summary>
    public bool IsUpstream { get; }

    /// <summary>Its key in the loop's table; the loop's own.</summary>
    public ulong Key { get; set; }

    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    public SafeSocketHandle Handle => _handle;

    /// <summary>Who is told of readiness.</summary>
    public ISocketEvents Owner
    {
        get => Volatile.Read(ref _owner);
        set => Volatile.Write(ref _owner, value);
    }

    /// <summary>The number of bytes received, 0 at the end of the stream, <see cref="NothingYet"/> or <see cref="Failed"/>.</summary>
    public int Receive(Span<byte> destination)
    {
        _readable.Clear();
        int count = SocketCalls.Receive(_handle, destination);

        // What may be left makes no news: behind a full buffer, or an end behind the bytes.
        if (count == destination.Length || (_ended && count >= 0))
            _readable.Signal();
        return count;
    }

    /// <summary>The number of bytes that were taken, which may be a part, <see cref="NothingYet"/> or <see cref="Failed"/>.</summary>
    public int Send(ReadOnlySpan<byte> bytes)
    {
        int count = SocketCalls.Send(_handle, bytes);
        if (count != NothingYet)
            return count;

        // Room that came between the first try and the wait would be no news any more: hence a second try behind the latch.
        _writable.Clear();
        return SocketCalls.Send(_handle, bytes);
    }

    /// <summary>The same for several pieces of pinned memory in one call.</summary>
    public int Send(ReadOnlySpan<BytePiece> pieces)
    {
        int count = SocketCalls.Send(_handle, pieces);
        if (count != NothingYet)
            return count;
        _writable.Clear();
        return SocketCalls.Send(_handle, pieces);
    }

    /// <summary>Begins to wait for something to receive.</summary>
    /// <returns>True when there may be something already, and no call comes; else <see cref="ISocketEvents.OnReadable"/> is called once.</returns>
    public bool IsReadableOrWait() => _readable.IsReadyOrWait() || (IsClosed && _readable.TryStopWaiting());

    /// <summary>Begins to wait for room to send.</summary>
    /// <returns>True when there may be room already, and no call comes; else <see cref="ISocketEvents.OnWritable"/> is called once.</returns>
    public bool IsWritableOrWait() => _writable.IsReadyOrWait() || (IsClosed && _writable.TryStopWaiting());

    /// <summary>Whether the peer has closed its side, or the connection is broken; there may be bytes left to receive.</summary>
    public bool HasEnded => _ended;

    /// <summary>Gives a call back that came for a wait that is no longer wanted: the next wait finds it.</summary>
    public void TellAgain() => _readable.Signal();

    /// <summary>Has another loop watch it; only while nobody else uses it.</summary>
    public void MoveTo(EventLoop loop)
    {
        Loop.Release(this);
        Loop = loop;
        loop.Add(this);
    }

    /// <summary>Takes a change in; called by the loop.</summary>
    public void OnEvents(uint events)
    {
        if ((events & (Libc.PeerClosed | Libc.HangUp | Libc.Error)) != 0 && !_ended)
        {
            _ended = true;
            Owner.OnEnded();
        }

        if ((events & (Libc.Writable | Libc.HangUp | Libc.Error)) != 0 && _writable.Signal())
            CallWritable(Loop.RunsInline);
        if ((events & (Libc.Readable | Libc.PeerClosed | Libc.HangUp | Libc.Error)) != 0 && _readable.Signal())
            CallReadable(Loop.RunsInline);
    }

    /// <summary>Says that nothing more will be sent, while bytes may still come (RFC 9112 §9.6).</summary>
    public void ShutdownSend()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            Close();
        }
    }

    /// <summary>Closes with a reset, so that the peer cannot take a part of a message for the whole.</summary>
    public void Abort()
    {
        try
        {
            _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Closed or reset by the peer already: a reset of our own is not needed.
        }

        Close();
    }

    /// <summary>Closes. Whoever waits is called, on the thread pool, and finds a failure.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        Loop.Remove(this);
        _socket.Dispose();
        if (_readable.Signal())
            CallReadable(inline: false);
        if (_writable.Signal())
            CallWritable(inline: false);
    }

    private void CallReadable(bool inline)
    {
        if (inline)
            Owner.OnReadable();
        else
            ThreadPool.UnsafeQueueUserWorkItem(static owner => owner.OnReadable(), Owner, preferLocal: false);
    }

    private void CallWritable(bool inline)
    {
        if (inline)
            Owner.OnWritable();
        else
            ThreadPool.UnsafeQueueUserWorkItem(static owner => owner.OnWritable(), Owner, preferLocal: false);
    }
}
