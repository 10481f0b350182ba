using System.Threading.Tasks.Sources;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Sockets;
using Headgate.Gateway.Telemetry.Stalls;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// One direction of a socket as an awaitable without allocations: at most one operation at a time. The result is the number of bytes, or
/// <see cref="EventSocket.Failed"/>; nothing is thrown, because a broken connection is an ordinary event for a gateway. An operation may be started long before it is awaited.
/// </summary>
internal sealed class SocketOperation : IValueTaskSource<int>
{
    private static readonly Action<object?> Done = static _ => { };

    private readonly EventSocket _socket;
    private readonly bool _sends;
    private readonly Action? _completedUnawaited;
    private readonly Func<Memory<byte>>? _room;
    private Memory<byte> _bytes;
    private Action<object?>? _continuation = Done;
    private object? _state;

    private SocketOperation(EventSocket socket, bool sends, Func<Memory<byte>>? room, Action? completedUnawaited)
    {
        _socket = socket;
        _sends = sends;
        _room = room;
        _completedUnawaited = completedUnawaited;
    }

    /// <summary>The request whose work goes on when an operation completes; null while there is none.</summary>
    public GatewayContext? Request { get; set; }

    /// <summary>Whether no operation is under way.</summary>
    public bool IsCompleted => ReferenceEquals(Volatile.Read(ref _continuation), Done);

    /// <summary>The result of the operation that completed last.</summary>
    public int Result { get; private set; }

    /// <summary>The receiving direction of a socket.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="room">Where to receive, asked when there is something and the operation was started without a place.</param>
    /// <param name="completedUnawaited">Called when an operation completes and nobody awaits it yet.</param>
    public static SocketOperation Receiving(EventSocket socket, Func<Memory<byte>> room, Action completedUnawaited) => new(socket, sends: false, room, completedUnawaited);

    /// <summary>The sending direction of a socket.</summary>
    public static SocketOperation Sending(EventSocket socket) => new(socket, sends: true, room: null, completedUnawaited: null);

    /// <summary>
    /// Starts to send at once, or to receive when something comes. Like every stream socket it may take or give a part only. To receive into nothing is to
    /// have the place chosen when something is there: who waits holds no memory.
    /// </summary>
    public void Start(Memory<byte> bytes)
    {
        Volatile.Write(ref _continuation, null);
        _bytes = bytes;
        if ((_sends || _socket.IsReadableOrWait()) && TryFinish())
            Volatile.Write(ref _continuation, Done);
    }

    /// <summary>Goes on when the socket is ready.</summary>
    public void OnReady()
    {
        if (!TryFinish())
            return;
        Action<object?>? continuation = Interlocked.Exchange(ref _continuation, Done);
        if (continuation is null)
            _completedUnawaited?.Invoke();
        else
            Run(continuation);
    }

    /// <summary>The result of the operation that was started last; awaited once.</summary>
    public ValueTask<int> WhenDone() => IsCompleted ? new ValueTask<int>(Result) : new ValueTask<int>(this, 0);

    public int GetResult(short token) => Result;

    public ValueTaskSourceStatus GetStatus(short token) => IsCompleted ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        _state = state;
        Action<object?>? previous = Interlocked.CompareExchange(ref _continuation, continuation, null);
        if (ReferenceEquals(previous, Done))
            ThreadPool.UnsafeQueueUserWorkItem(static run => run.Operation.Run(run.Continuation), (Operation: this, Continuation: continuation), preferLocal: true);
    }

    // False while the socket is not ready: the call comes.
    private bool TryFinish()
    {
        while (true)
        {
            int result = _sends ? _socket.Send(_bytes.Span) : _socket.Receive((_bytes.IsEmpty ? _room!() : _bytes).Span);
            if (result != EventSocket.NothingYet)
            {
                Result = result;
                return true;
            }

            if (!(_sends ? _socket.IsWritableOrWait() : _socket.IsReadableOrWait()))
                return false;
        }
    }

    private void Run(Action<object?> continuation)
    {
        object? state = _state;
        _state = null;
        using (StallWatch.Begin(Request))
            continuation(state);
    }
}
