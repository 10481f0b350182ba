using System.Net.Sockets;
using System.Threading.Tasks.Sources;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Telemetry.Stalls;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// One direction of a socket as an awaitable without allocations: at most one operation at a time. The result is the number of bytes,
/// or <see cref="Failed"/>; nothing is thrown, because a broken connection is an ordinary event for a gateway. An operation may be started long before it is awaited.
/// </summary>
internal sealed class SocketOperation : SocketAsyncEventArgs, IValueTaskSource<int>
{
    /// <summary>The result of an operation that failed; the reason stands in <see cref="SocketAsyncEventArgs.SocketError"/>.</summary>
    public const int Failed = -1;

    /// <summary>The result of a look at a socket that has nothing yet.</summary>
    public const int NothingYet = -2;

    private static readonly Action<object?> Done = static _ => { };

    private readonly Action? _completedUnawaited;
    private Action<object?>? _continuation = Done;
    private Action<object?>? _queued;
    private object? _state;
    private bool _socketGone;

    /// <param name="completedUnawaited">Called when an operation completes and nobody awaits it yet.</param>
    public SocketOperation(Action? completedUnawaited = null)
        : base(true) => _completedUnawaited = completedUnawaited;

    /// <summary>The request whose work goes on when an operation completes; null while there is none.</summary>
    public GatewayContext? Request { get; set; }

    /// <summary>Whether no operation is under way.</summary>
    public bool IsCompleted => ReferenceEquals(Volatile.Read(ref _continuation), Done);

    /// <summary>The result of the operation that completed last.</summary>
    public int Result => !_socketGone && SocketError == SocketError.Success ? BytesTransferred : Failed;

    /// <summary>Starts to receive.</summary>
    public void StartReceiving(Socket socket, Memory<byte> buffer)
    {
        Begin();
        try
        {
            SetBuffer(buffer);
            if (!socket.ReceiveAsync(this))
                EndNow();
        }
        catch (ObjectDisposedException)
        {
            // The deadline or the client's going away closed the socket a moment ago.
            _socketGone = true;
            EndNow();
        }
    }

    /// <summary>Starts to send; like every stream socket it may take a part only.</summary>
    public void StartSending(Socket socket, Memory<byte> bytes)
    {
        Begin();
        try
        {
            SetBuffer(bytes);
            if (!socket.SendAsync(this))
                EndNow();
        }
        catch (ObjectDisposedException)
        {
            _socketGone = true;
            EndNow();
        }
    }

    /// <summary>The result of the operation that was started last; awaited once.</summary>
    public ValueTask<int> WhenDone() => IsCompleted ? new ValueTask<int>(Result) : new ValueTask<int>(this, 0);

    public int GetResult(short token) => Result;

    public ValueTaskSourceStatus GetStatus(short token) => IsCompleted ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        _state = state;
        Action<object?>? previous = Interlocked.CompareExchange(ref _continuation, continuation, null);
        if (!ReferenceEquals(previous, Done))
            return;
        _queued = continuation;
        ThreadPool.UnsafeQueueUserWorkItem(static operation => operation.RunQueued(), this, preferLocal: true);
    }

    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        Action<object?>? continuation = Interlocked.Exchange(ref _continuation, Done);
        if (continuation is null)
        {
            _completedUnawaited?.Invoke();
            return;
        }

        Run(continuation);
    }

    private void RunQueued()
    {
        Action<object?> continuation = _queued!;
        _queued = null;
        Run(continuation);
    }

    private void Run(Action<object?> continuation)
    {
        object? state = _state;
        _state = null;
        using (StallWatch.Begin(Request))
            continuation(state);
    }

    private void Begin()
    {
        _socketGone = false;
        Volatile.Write(ref _continuation, null);
    }

    private void EndNow() => Volatile.Write(ref _continuation, Done);
}
