using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Headgate.Gateway.Sockets;

namespace Headgate.Gateway.Tests.Sockets;

public sealed class EventSocketTests : IDisposable
{
    private readonly Socket _peer;
    private readonly EventSocket _socket;
    private readonly Recorder _events = new();
    private readonly byte[] _buffer = new byte[16];

    public EventSocketTests()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _peer.Connect(listener.LocalEndPoint!);
        EventLoop loop = TestLoops.Shared.Next();
        _socket = new EventSocket(listener.Accept(), loop, _events, isUpstream: true);
        loop.Add(_socket);
    }

    [Fact]
    public async Task Bytes_ThatCome_AreToldAndReceived()
    {
        await SendAndWaitAsync("hello"u8.ToArray());

        Assert.Equal(5, _socket.Receive(_buffer));
        Assert.Equal(EventSocket.NothingYet, _socket.Receive(_buffer));
    }

    [Fact]
    public async Task FullBuffer_LeavesMore_WithoutAnotherCall()
    {
        await SendAndWaitAsync(new byte[20]);

        Assert.Equal(16, _socket.Receive(_buffer));
        Assert.True(_socket.IsReadableOrWait());
        Assert.Equal(4, _socket.Receive(_buffer));
        Assert.False(_socket.IsReadableOrWait());
    }

    [Fact]
    public async Task End_BehindBytes_IsSeenAfterThem()
    {
        Assert.False(_socket.IsReadableOrWait());
        await _peer.SendAsync(new byte[5]);
        _peer.Shutdown(SocketShutdown.Send);
        await _events.ReadableAsync();

        int received = 0;
        while (_socket.Receive(_buffer) is var count && count != 0)
        {
            received += Math.Max(count, 0);
            if (!_socket.IsReadableOrWait())
                await _events.ReadableAsync();
        }

        Assert.Equal(5, received);
    }

    [Fact]
    public async Task Reset_IsAFailure()
    {
        Assert.False(_socket.IsReadableOrWait());
        _peer.LingerState = new LingerOption(enable: true, seconds: 0);
        _peer.Dispose();
        await _events.ReadableAsync();

        Assert.Equal(EventSocket.Failed, _socket.Receive(_buffer));
    }

    [Fact]
    public async Task FullSocket_TellsWhenThereIsRoom()
    {
        var chunk = new byte[256 * 1024];
        while (_socket.Send(chunk) != EventSocket.NothingYet)
        {
        }

        // The peer reads until the loop has told of room.
        Task told = _socket.IsWritableOrWait() ? Task.CompletedTask : _events.WritableAsync();
        while (!told.IsCompleted)
            await Task.WhenAny(told, _peer.ReceiveAsync(chunk));

        Assert.True(_socket.Send(chunk) > 0);
    }

    [Fact]
    public async Task Close_WhileSomebodyWaits_CallsHimToAFailure()
    {
        Assert.False(_socket.IsReadableOrWait());
        _socket.Close();
        await _events.ReadableAsync();

        Assert.Equal(EventSocket.Failed, _socket.Receive(_buffer));
        Assert.Equal(EventSocket.Failed, _socket.Send(_buffer));
        Assert.True(_socket.IsReadableOrWait());
    }

    [Fact]
    public async Task Move_ToAnotherLoop_LosesNothing()
    {
        EventLoop other = TestLoops.Shared.Next();
        while (ReferenceEquals(other, _socket.Loop))
            other = TestLoops.Shared.Next();
        for (byte i = 0; i < 200; i++)
        {
            bool ready = _socket.IsReadableOrWait();
            Task sent = Task.Run(() => _peer.Send([i]));
            EventLoop from = _socket.Loop;
            _socket.MoveTo(other);
            other = from;
            await sent;
            if (!ready)
                await _events.ReadableAsync();
            while (_socket.Receive(_buffer) == EventSocket.NothingYet)
            {
                if (!_socket.IsReadableOrWait())
                    await _events.ReadableAsync();
            }

            Assert.Equal(i, _buffer[0]);
        }
    }

    public void Dispose()
    {
        _socket.Close();
        _peer.Dispose();
    }

    private async Task SendAndWaitAsync(byte[] bytes)
    {
        Assert.False(_socket.IsReadableOrWait());
        await _peer.SendAsync(bytes);
        await _events.ReadableAsync();
    }

    private sealed class Recorder : ISocketEvents
    {
        private readonly Channel<bool> _readable = Channel.CreateUnbounded<bool>();
        private readonly Channel<bool> _writable = Channel.CreateUnbounded<bool>();

        public void OnReadable() => _readable.Writer.TryWrite(true);

        public void OnWritable() => _writable.Writer.TryWrite(true);

        public Task<bool> ReadableAsync() => TakeAsync(_readable);

        public Task<bool> WritableAsync() => TakeAsync(_writable);

        private static Task<bool> TakeAsync(Channel<bool> told) => told.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
    }
}
