using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Gateway.Sockets;

/// <summary>
/// A client's connection as Kestrel sees it: a reader that receives when it is asked, and a writer that sends when it is flushed. One per connection.
/// </summary>
internal sealed class ClientConnection : ConnectionContext, IDuplexPipe, ISocketEvents,
    IConnectionIdFeature, IConnectionTransportFeature, IConnectionItemsFeature, IConnectionLifetimeFeature, IMemoryPoolFeature, IInterimResponseFeature
{
    private const int DiscardBytes = 4 * 1024;

    private static long s_lastId;

    private readonly CancellationTokenSource _closed = new();
    private readonly EventSocket _socket;
    private readonly ClientInput _input;
    private readonly SocketWriter _output;
    private IDictionary<object, object?>? _items;
    private IDuplexPipe? _transport;
    private string? _id;
    private int _disposed;
    private int _isGone;

    public ClientConnection(Socket socket, EventLoop loop)
    {
        MemoryPool = loop.Blocks;
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        _socket = new EventSocket(socket, loop, this, isUpstream: false);
        _input = new ClientInput(_socket, loop.Blocks);
        _output = new SocketWriter(_socket, loop.Blocks);
        ConnectionClosed = _closed.Token;
        Features.Set<IConnectionIdFeature>(this);
        Features.Set<IConnectionTransportFeature>(this);
        Features.Set<IConnectionItemsFeature>(this);
        Features.Set<IConnectionLifetimeFeature>(this);
        Features.Set<IMemoryPoolFeature>(this);
        Features.Set<IInterimResponseFeature>(this);
    }

    public override IFeatureCollection Features { get; } = new FeatureCollection(8);

    public override string ConnectionId
    {
        get => _id ??= Interlocked.Increment(ref s_lastId).ToString("X8", System.Globalization.CultureInfo.InvariantCulture);
        set => _id = value;
    }

    public override IDictionary<object, object?> Items
    {
        get => _items ??= new ConnectionItems();
        set => _items = value;
    }

    public override IDuplexPipe Transport
    {
        get => _transport ?? this;
        set => _transport = value;
    }

    public MemoryPool<byte> MemoryPool { get; }

    PipeReader IDuplexPipe.Input => _input;

    PipeWriter IDuplexPipe.Output => _output;

    PipeWriter IInterimResponseFeature.Writer => _output;

    /// <summary>Begins to be watched.</summary>
    public void Start() => _socket.Loop.Add(_socket);

    public void OnReadable()
    {
        if (Volatile.Read(ref _disposed) == 0)
            _input.OnReadable();
        else
            Discard();
    }

    // Kestrel takes this for the client's going away; so a client that only closes its sending side is counted as gone.
    public void OnEnded() => FireClosed();

    public void OnWritable() => _output.GoOn();

    public override void Abort(ConnectionAbortedException abortReason)
    {
        _input.Fail(abortReason);
        _socket.Abort();
        FireClosed();
    }

    public override ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            End();
        return base.DisposeAsync();
    }

    // RFC 9112 §9.6: the peer may still be sending, and a close at once would reset the connection before it has read the answer.
    private void End()
    {
        _input.Complete();
        _output.Complete();
        if (_socket.HasEnded || _socket.IsClosed)
        {
            _socket.Close();
            return;
        }

        _socket.ShutdownSend();
        _socket.Loop.CloseLater(_socket);
        Discard();
    }

    // What comes after the end is thrown away, until the client closes too or the time for it is over.
    private void Discard()
    {
        Span<byte> unwanted = stackalloc byte[DiscardBytes];
        do
        {
            if (_socket.Receive(unwanted) is 0 or EventSocket.Failed)
            {
                _socket.Close();
                return;
            }
        }
        while (_socket.IsReadableOrWait());
    }

    private void FireClosed()
    {
        if (Interlocked.Exchange(ref _isGone, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static connection => connection._closed.Cancel(), this, preferLocal: false);
    }
}
