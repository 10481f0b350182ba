using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Tasks.Sources;
using Microsoft.AspNetCore.Connections;

namespace Headgate.Gateway.Sockets;

/// <summary>
/// Reads what a client sends when it is asked for, straight from the socket: an idle connection holds no buffer, and what nobody reads stays with the kernel, which slows the client.
/// What is read and not consumed lies in one piece. Used by one thread at a time, but for <see cref="OnReadable"/> and <see cref="CancelPendingRead"/>.
/// </summary>
internal sealed class ClientInput(EventSocket socket, MemoryPool<byte> pool) : PipeReader, IValueTaskSource<ReadResult>
{
    private const int LargeReceiveBytes = 32 * 1024;

    private ManualResetValueTaskSourceCore<ReadResult> _read;
    private CancellationTokenRegistration _cancellation;
    private IMemoryOwner<byte>? _block;
    private Memory<byte> _memory;
    private int _start;
    private int _end;
    private bool _isExamined = true;
    private bool _sendsMuch;
    private bool _hasEnded;
    private int _isPending;
    private Exception? _failure;
    private volatile bool _isCancelled;

    private ReadOnlySequence<byte> Unread => new(_memory[_start.._end]);

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ReadResult>(cancellationToken);
        if (TryReadNow(out ReadResult result))
            return new ValueTask<ReadResult>(result);

        _read.Reset();
        short version = _read.Version;
        Volatile.Write(ref _isPending, 1);
        if (cancellationToken.CanBeCanceled)
            _cancellation = cancellationToken.UnsafeRegister(static (input, token) => ((ClientInput)input!).FailPendingRead(new OperationCanceledException(token)), this);
        if (socket.IsReadableOrWait())
            OnReadable();
        if (_isCancelled && TryTakePending())
            FinishCancelled();
        return new ValueTask<ReadResult>(this, version);
    }

    public override bool TryRead(out ReadResult result) =>
        TryReadNow(out result) || (Volatile.Read(ref _isPending) == 0 && Receive() != EventSocket.NothingYet && TryReadNow(out result));

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    // A block is an array from its first byte: the number of a position is the place in the block.
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _isExamined = examined.GetInteger() == _end;
        _start = consumed.GetInteger();
        if (_start == _end)
            Release();
    }

    public override void CancelPendingRead()
    {
        // Either this finds the read pending, or the read that is about to wait finds the wish.
        _isCancelled = true;
        if (TryTakePending())
            FinishCancelled();
    }

    /// <summary>Has a read fail from now on.</summary>
    public void Fail(Exception reason) => Interlocked.CompareExchange(ref _failure, reason, null);

    public override void Complete(Exception? exception = null)
    {
        _start = _end;
        Release();
    }

    /// <summary>Receives for the read that is pending.</summary>
    public void OnReadable()
    {
        while (TryTakePending())
        {
            if (Receive() != EventSocket.NothingYet)
            {
                Finish();
                return;
            }

            Volatile.Write(ref _isPending, 1);
            if (!socket.IsReadableOrWait())
                return;
        }

        // The read was cancelled and left its wait behind; what came is the next read's.
        socket.TellAgain();
    }

    public ReadResult GetResult(short token) => _read.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _read.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _read.OnCompleted(continuation, state, token, flags);

    private bool TryTakePending() => Interlocked.Exchange(ref _isPending, 0) != 0;

    private bool TryReadNow(out ReadResult result)
    {
        result = default;
        if (!_isCancelled && _isExamined && !_hasEnded)
            return false;
        if (_isCancelled)
        {
            _isCancelled = false;
            result = new ReadResult(Unread, isCanceled: true, _hasEnded);
            return true;
        }

        if (_hasEnded && _failure is { } failure)
            throw failure;
        result = new ReadResult(Unread, isCanceled: false, _hasEnded);
        return true;
    }

    // The bytes received, 0 at the end, NothingYet or Failed.
    private int Receive()
    {
        MakeRoom();
        int count = socket.Receive(_memory.Span[_end..]);
        if (count > 0)
        {
            _end += count;
            _isExamined = false;
            _sendsMuch = _end == _memory.Length;
        }
        else if (count != EventSocket.NothingYet)
        {
            _hasEnded = true;
            if (count == EventSocket.Failed)
                Fail(new ConnectionResetException("The client reset the connection."));
        }

        return count;
    }

    private void Finish()
    {
        _cancellation.Dispose();
        if (_hasEnded && _failure is { } failure)
            _read.SetException(failure);
        else
            _read.SetResult(new ReadResult(Unread, isCanceled: false, _hasEnded));
    }

    private void FinishCancelled()
    {
        _isCancelled = false;
        _cancellation.Dispose();
        _read.SetResult(new ReadResult(Unread, isCanceled: true, _hasEnded));
    }

    private void FailPendingRead(OperationCanceledException reason)
    {
        if (TryTakePending())
            _read.SetException(reason);
    }

    private void MakeRoom()
    {
        if (_end < _memory.Length)
            return;
        int unread = _end - _start;
        IMemoryOwner<byte> larger = pool.Rent(_sendsMuch ? Math.Max(LargeReceiveBytes, unread * 2) : -1);
        _memory[_start.._end].CopyTo(larger.Memory);
        _block?.Dispose();
        _block = larger;
        _memory = larger.Memory;
        (_start, _end) = (0, unread);
    }

    private void Release()
    {
        _block?.Dispose();
        _block = null;
        _memory = default;
        _start = _end = 0;
    }
}
