using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Sockets;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// One TCP connection to an instance. A receive is always pending, also while the connection is idle: so a close by the upstream is known before
/// the connection is chosen for a request, and a response costs no second look at the socket. Used by one exchange at a time; only <see cref="Close"/>,
/// <see cref="OnClientGone"/> and the deadline may be touched by other threads.
/// </summary>
internal sealed class UpstreamConnection : ISocketEvents, IClientAbortListener
{
    private const long NoDeadline = long.MaxValue;
    private const long Expired = -1;

    private readonly EventSocket _socket;
    private readonly SocketOperation _receive;
    private readonly SocketOperation _send;
    private ReceiveBuffer _buffer = new();
    private int _sentAtOnce;
    private long _deadline = NoDeadline;
    private int _closeReason;
    private GatewayContext? _context;
    private GatewayContext? _abortable;

    public UpstreamConnection(EventSocket socket, ConnectionPool pool)
    {
        _socket = socket;
        _receive = SocketOperation.Receiving(socket, Room, () => pool.CloseIfIdle(this));
        _send = SocketOperation.Sending(socket);
        socket.Owner = this;
        Pool = pool;
        Head = new ResponseHead(pool.FieldLines);
        Body = new UpstreamResponseBody(this);
    }

    public ConnectionPool Pool { get; }

    public ResponseHead Head { get; }

    public UpstreamResponseBody Body { get; }

    /// <summary>The common course of its exchanges; null until the second.</summary>
    public ReusedExchange? Exchange { get; set; }

    /// <summary>Its place in the pool's list of all connections; the pool's own.</summary>
    public int PoolIndex { get; set; }

    /// <summary>How long the upstream keeps an idle connection, if it says so; else 0.</summary>
    public int KeepAliveSeconds => Head.KeepAliveSeconds;

    /// <summary>When it was made, by the pool's clock.</summary>
    public long CreatedAt { get; init; }

    /// <summary>When it was last given back, by the pool's clock.</summary>
    public long IdleSince { get; set; }

    /// <summary>The bytes received and not yet consumed.</summary>
    public ReadOnlySpan<byte> Received => _buffer.Received;

    public int ReceivedCount => _buffer.Count;

    public CloseReason CloseReason => (CloseReason)Volatile.Read(ref _closeReason);

    /// <summary>The event loop on which it lies.</summary>
    public EventLoop Loop => _socket.Loop;

    /// <summary>Whether the pending receive has ended while nobody asked: the upstream closed the connection (or spoke unasked).</summary>
    public bool IsStale => _receive.IsCompleted;

    /// <summary>The end of the current stage, as <c>Environment.TickCount64</c>.</summary>
    public long Deadline
    {
        get => Volatile.Read(ref _deadline);
        set
        {
            // The sweeper may have found the deadline passed a moment ago: what it found must stay, or it would close the next exchange.
            long current = Volatile.Read(ref _deadline);
            if (current != Expired)
                Interlocked.CompareExchange(ref _deadline, value, current);
        }
    }

    /// <summary>Whether not a byte of the exchange's request was taken by the operating system.</summary>
    public bool HasSentNothing { get; private set; }

    /// <summary>Whether a send failed: it may have been told of a reset that the next receive no longer sees.</summary>
    public bool HasSendFailed { get; private set; }

    public void Begin(GatewayContext context, long deadline)
    {
        HasSentNothing = true;
        _context = context;
        Volatile.Write(ref _abortable, context);
        _receive.Request = context;
        Deadline = deadline;
        context.ListenForAbort(this);
    }

    /// <summary>Ends the exchange for the deadline and the client; false when the connection was closed by either a moment ago.</summary>
    public bool End()
    {
        _context?.ListenForAbort(null);
        _context = null;
        _receive.Request = null;
        bool isLeftAlone = Interlocked.Exchange(ref _abortable, null) is not null;
        return Interlocked.Exchange(ref _deadline, NoDeadline) != Expired && isLeftAlone && CloseReason == CloseReason.None;
    }

    /// <summary>Goes over to another loop; only between exchanges.</summary>
    public void MoveTo(EventLoop loop) => _socket.MoveTo(loop);

    /// <summary>Starts the receive that stays pending until bytes come; false when the connection has ended or spoken already.</summary>
    public bool StartReceiving()
    {
        _buffer.Clear();
        _receive.Start(default);
        return !_receive.IsCompleted;
    }

    /// <summary>Waits for the receive that is pending and takes its bytes in: their number, 0 at the end of the stream, or <see cref="EventSocket.Failed"/>.</summary>
    public ValueTask<int> WhenReceived() => _receive.WhenDone();

    /// <summary>Calls back when the pending receive has ended; <see cref="WhenReceived"/> then tells its result at once.</summary>
    public void OnReceived(Action<object?> callback, object state) =>
        _receive.OnCompleted(callback, state, 0, System.Threading.Tasks.Sources.ValueTaskSourceOnCompletedFlags.None);

    /// <summary>The result of the receive that has ended.</summary>
    public int ReceiveResult => _receive.Result;

    /// <summary>Counts the bytes of a receive into the connection's buffer as received.</summary>
    public void Append(int count) => _buffer.Append(count);

    /// <summary>Starts to receive into the rest of the connection's buffer, which grows up to the size of the largest head.</summary>
    public void ReceiveMore() => _receive.Start(_buffer.Room());

    /// <summary>Receives past the buffer into the caller's memory; only when nothing is left in the buffer.</summary>
    public ValueTask<int> ReceiveAsync(Memory<byte> destination)
    {
        _receive.Start(destination);
        return _receive.WhenDone();
    }

    /// <summary>
    /// Takes what has arrived already without waiting: the number of bytes, 0 at the end of the stream, <see cref="EventSocket.NothingYet"/> or
    /// <see cref="EventSocket.Failed"/>. A reset is told once only: who looks again sees an orderly end, so a failure must be taken for what it is.
    /// </summary>
    public int ReceiveAvailable(Span<byte> destination) => _socket.Receive(destination);

    /// <summary>The same into the connection's buffer, which grows to this size: what came counts as received.</summary>
    public int ReceiveAvailable(int bufferBytes)
    {
        int count = ReceiveAvailable(_buffer.Room(bufferBytes).Span);
        _buffer.Append(Math.Max(count, 0));
        return count;
    }

    public void Consume(int count) => _buffer.Consume(count);

    /// <summary>Sends all bytes; false when the connection is broken.</summary>
    public ValueTask<bool> SendAsync(Memory<byte> bytes) => TrySendAtOnce(bytes) ? new ValueTask<bool>(true) : SendRestAsync(bytes);

    /// <summary>Sends; true when all is sent, else <see cref="SendRestAsync"/> must follow with the same bytes.</summary>
    public bool TrySendAtOnce(Memory<byte> bytes)
    {
        _sentAtOnce = _socket.Send(bytes.Span);
        if (_sentAtOnce != bytes.Length)
            return false;
        HasSentNothing = false;
        return true;
    }

    /// <summary>Goes on with a send that was not complete at once; false when the connection is broken.</summary>
    public async ValueTask<bool> SendRestAsync(Memory<byte> bytes)
    {
        int sent = _sentAtOnce;
        while (true)
        {
            if (sent == EventSocket.NothingYet)
            {
                _send.Start(bytes);
                sent = await _send.WhenDone();
            }

            if (sent <= 0)
            {
                HasSendFailed = true;
                return false;
            }

            HasSentNothing = false;
            bytes = bytes[sent..];
            if (bytes.IsEmpty)
                return true;
            sent = _socket.Send(bytes.Span);
        }
    }

    /// <summary>Says that nothing more will be sent, while the answer may go on (RFC 9112 §9.6).</summary>
    public void ShutdownSend() => _socket.ShutdownSend();

    public void OnReadable() => _receive.OnReady();

    public void OnWritable() => _send.OnReady();

    /// <summary>Closes the connection because the stage is over its time, unless it moved on in this very moment.</summary>
    public void CloseIfExpired(long now)
    {
        long deadline = Deadline;
        if (deadline <= now && deadline != Expired && Interlocked.CompareExchange(ref _deadline, Expired, deadline) == deadline)
            Close(CloseReason.DeadlineExpired);
    }

    // The notice may come late, when the exchange is over and the connection serves another client. Whoever takes the exchange's context out has it: the
    // notice, and the connection is not used again, or the exchange's end, and the notice finds nothing to close.
    public void OnClientGone(GatewayContext context)
    {
        if (ReferenceEquals(Interlocked.CompareExchange(ref _abortable, null, context), context))
            Close(CloseReason.ClientGone);
    }

    /// <summary>Closes the connection; whatever waits for it ends as failed. May be called by any thread, any number of times; the first reason stands.</summary>
    public void Close(CloseReason reason)
    {
        if (Interlocked.CompareExchange(ref _closeReason, (int)reason, (int)CloseReason.None) != (int)CloseReason.None)
            return;
        Pool.Forget(this);
        _socket.Close();
    }

    /// <summary>Closes a connection that nobody uses, and lets go of its buffer.</summary>
    public void Drop(CloseReason reason)
    {
        Close(reason);
        Release();
    }

    /// <summary>Gives the buffer back after the exchange has let go of a closed connection.</summary>
    public void Release()
    {
        // A receive that has not ended yet may still write into the buffer: then it is left to the garbage collector.
        if (_receive.IsCompleted)
            _buffer.Clear();
    }

    // Where a receive goes that was started while the connection was idle. A closed one has nothing to receive.
    private Memory<byte> Room() => _socket.IsClosed ? default : _buffer.Room();
}
