using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;

namespace Headgate.Gateway.Sockets;

/// <summary>
/// Takes in what a client sends, as fast as it is read: an idle connection holds no buffer, and a reader that lags holds at most 1 MiB. When nobody reads any more what
/// comes is thrown away, until the client closes or the socket is closed. One per connection; never used by two threads at a time.
/// </summary>
internal sealed class ClientInput
{
    private const int MostUnreadBytes = 1024 * 1024;
    private const int LargeReceiveBytes = 32 * 1024;

    private readonly EventSocket _socket;
    private readonly Pipe _pipe;
    private readonly Action _ended;
    private readonly Action _flushed;
    private ValueTaskAwaiter<FlushResult> _flush;
    private int _receiveBytes;
    private bool _isUnread;
    private volatile bool _hasEnded;

    public ClientInput(EventSocket socket, MemoryPool<byte> memory, Action ended)
    {
        _socket = socket;
        _ended = ended;
        _flushed = OnFlushed;
        _pipe = new Pipe(new PipeOptions(
            memory, PipeScheduler.Inline, PipeScheduler.Inline, MostUnreadBytes, MostUnreadBytes / 2, useSynchronizationContext: false));
    }

    public PipeReader Reader => _pipe.Reader;

    /// <summary>Whether the client has ended its side, or the connection is broken.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>Why the connection was aborted on our side; null when it was not.</summary>
    public ConnectionAbortedException? AbortReason { get; set; }

    /// <summary>Receives until there is nothing more, and waits for more.</summary>
    public void Pump()
    {
        do
        {
            if (!ReceiveOnce())
                return;
        }
        while (_socket.IsReadableOrWait());
    }

    // False when the pump has stopped: it waits for the reader, or is at its end.
    private bool ReceiveOnce()
    {
        Memory<byte> room = _pipe.Writer.GetMemory(_receiveBytes);
        int count = _socket.Receive(room.Span);
        if (count == EventSocket.NothingYet)
            return true;
        if (count <= 0)
            return End(count);
        if (_isUnread)
            return true;

        // Who sends much gets larger buffers, and fewer system calls.
        _receiveBytes = count == room.Length ? LargeReceiveBytes : 0;
        _pipe.Writer.Advance(count);
#pragma warning disable CA2012 // Consumed once: here when it is complete, else by OnFlushed.
        _flush = _pipe.Writer.FlushAsync().GetAwaiter();
#pragma warning restore CA2012
        if (_flush.IsCompleted)
        {
            _isUnread = _flush.GetResult().IsCompleted;
            return true;
        }

        _flush.UnsafeOnCompleted(_flushed);
        return false;
    }

    private void OnFlushed()
    {
        _isUnread = _flush.GetResult().IsCompleted;
        if (_socket.IsReadableOrWait())
            Pump();
    }

    private bool End(int count)
    {
        Exception? reason = count == 0 ? null : new ConnectionResetException("The client reset the connection.");
        _pipe.Writer.Complete(AbortReason ?? reason);
        _hasEnded = true;
        _ended();
        return false;
    }
}
