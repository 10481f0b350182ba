using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Gateway.Sockets;

/// <summary>
/// A client's connection as Kestrel sees it: a pipe that the loop fills as bytes come, and a writer that sends at once. One per connection.
/// </summary>
internal sealed class ClientConnection : ConnectionContext, IDuplexPipe, ISocketEvents,
    IConnectionIdFeature, IConnectionTransportFeature, IConnectionItemsFeature, IConnectionLifetimeFeature, IMemoryPoolFeature
{
    private static long s_lastId;

    private readonly CancellationTokenSource _closed = new();
    private readonly EventSocket _socket;
    private readonly ClientInput _input;
    private readonly SocketWriter _output;
    private IDictionary<object, object?>? _items;
    private IDuplexPipe? _transport;
    private string? _id;
    private int _disposed;

    public ClientConnection(Socket socket, EventLoop loop, MemoryPool<byte> memory)
    {
        MemoryPool = memory;
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        _socket = new EventSocket(socket, loop, this);
        _input = new ClientInput(_socket, memory, OnInputEnded);
        _output = new SocketWriter(_socket, memory);
        ConnectionClosed = _closed.Token;
        Features.Set<IConnectionIdFeature>(this);
        Features.Set<IConnectionTransportFeature>(this);
        Features.Set<IConnectionItemsFeature>(this);
        Features.Set<IConnectionLifetimeFeature>(this);
        Features.Set<IMemoryPoolFeature>(this);
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

    PipeReader IDuplexPipe.Input => _input.Reader;

    PipeWriter IDuplexPipe.Output => _output;

    /// <summary>Begins to receive.</summary>
    public void Start()
    {
        _socket.Loop.Add(_socket);
        if (_socket.IsReadableOrWait())
            _input.Pump();
    }

    public void OnReadable() => _input.Pump();

    public void OnWritable() => _output.GoOn();

    public override void Abort(ConnectionAbortedException abortReason)
    {
        _input.AbortReason = abortReason;
        _socket.Abort();
    }

    public override ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return base.DisposeAsync();
        _input.Reader.Complete();
        _output.Complete();

        // RFC 9112 §9.6: the peer may still be sending, and a close at once would reset the connection before it has read the answer.
        if (_input.HasEnded || _socket.IsClosed)
        {
            _socket.Close();
        }
        else
        {
            _socket.ShutdownSend();
            _socket.Loop.CloseLater(_socket);
        }

        return base.DisposeAsync();
    }

    private void OnInputEnded()
    {
        // Either this sees that the connection is disposed of, or that sees that the input has ended.
        Interlocked.MemoryBarrier();
        if (_disposed != 0)
            _socket.Close();
        ThreadPool.UnsafeQueueUserWorkItem(static connection => connection._closed.Cancel(), this, preferLocal: false);
    }
}
