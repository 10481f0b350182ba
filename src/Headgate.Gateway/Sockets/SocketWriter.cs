using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Tasks.Sources;

namespace Headgate.Gateway.Sockets;

/// <summary>
/// Writes to a client: what is written between two flushes goes out in one system call, made by the flush itself. A flush that finds no room completes when the kernel has
/// taken everything, so that a slow client holds back whoever writes. Used by one thread at a time, but for <see cref="GoOn"/> and <see cref="CancelPendingFlush"/>.
/// </summary>
internal sealed class SocketWriter : PipeWriter, IValueTaskSource<FlushResult>
{
    private readonly EventSocket _socket;
    private readonly WriteBuffer _buffer;
    private readonly Lock _lock = new();
    private ManualResetValueTaskSourceCore<FlushResult> _flush;
    private CancellationTokenRegistration _cancellation;
    private bool _isPending;
    private bool _isCompleted;
    private volatile bool _isCancelled;
    private volatile bool _isBroken;

    public SocketWriter(EventSocket socket, MemoryPool<byte> memory)
    {
        _socket = socket;
        _buffer = new WriteBuffer(memory);
    }

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _buffer.Count;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _buffer.GetMemory(sizeHint).Span;

    public override void Advance(int bytes) => _buffer.Advance(bytes);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_isCancelled)
            return new ValueTask<FlushResult>(CancelledResult());
        if (TrySend())
            return new ValueTask<FlushResult>(new FlushResult(isCanceled: false, isCompleted: _isBroken));
        lock (_lock)
        {
            // Either this sees the wish, or whoever wishes sees the flush pending.
            if (_isCancelled)
                return new ValueTask<FlushResult>(CancelledResult());
            _isPending = true;
            _flush.Reset();
        }

        var pending = new ValueTask<FlushResult>(this, _flush.Version);
        _cancellation = cancellationToken.UnsafeRegister(static writer => ((SocketWriter)writer!).CancelPendingFlush(), this);
        if (_socket.IsWritableOrWait())
            GoOn();
        return pending;
    }

    /// <summary>Sends more of what a pending flush has left.</summary>
    public void GoOn()
    {
        lock (_lock)
        {
            // A flush that was cancelled leaves its wait behind: the next flush sends the rest.
            if (!_isPending)
                return;
            while (!TrySend())
            {
                if (!_socket.IsWritableOrWait())
                    return;
            }

            _isPending = false;
        }

        CompleteFlush(new FlushResult(isCanceled: false, isCompleted: _isBroken));
    }

    public override void CancelPendingFlush()
    {
        lock (_lock)
        {
            if (!_isPending)
            {
                _isCancelled = true;
                return;
            }

            _isPending = false;
        }

        CompleteFlush(new FlushResult(isCanceled: true, isCompleted: false));
    }

    /// <summary>Ends the writing. What was written and not flushed is sent as far as there is room.</summary>
    public override void Complete(Exception? exception = null)
    {
        lock (_lock)
        {
            if (_isCompleted)
                return;
            _isCompleted = true;
            if (exception is null)
                TrySend();
            _buffer.Clear();
        }
    }

    public FlushResult GetResult(short token) => _flush.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _flush.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _flush.OnCompleted(continuation, state, token, flags);

    private FlushResult CancelledResult()
    {
        _isCancelled = false;
        return new FlushResult(isCanceled: true, isCompleted: _isBroken);
    }

    private void CompleteFlush(FlushResult result)
    {
        _cancellation.Dispose();
        _flush.SetResult(result);
    }

    // True when nothing is left to send, also because nobody takes it any more.
    private bool TrySend()
    {
        while (_buffer.Count > 0)
        {
            int sent = _buffer.SendTo(_socket);
            if (sent == EventSocket.NothingYet)
                return false;
            if (sent == EventSocket.Failed)
            {
                _isBroken = true;
                _buffer.Clear();
            }
        }

        return true;
    }
}
