using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Headgate.TestSupport;

/// <summary>A TCP server on 127.0.0.1 whose every connection is handled by a script: the upstream of tests that care for single bytes.</summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Func<RawConnection, Task> _script;
    private readonly ConcurrentDictionary<RawConnection, Task> _connections = new();
    private readonly Task _accepting;
    private int _accepted;

    /// <param name="script">Handles one connection; it is closed when the script ends.</param>
    public RawServer(Func<RawConnection, Task> script)
    {
        _script = script;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(1024);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        Url = new Uri($"http://127.0.0.1:{Port}");
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public Uri Url { get; }

    /// <summary>How many connections were accepted.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>How many connections are open.</summary>
    public int Open => _connections.Count;

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        foreach ((RawConnection connection, Task running) in _connections)
        {
            connection.Dispose();
            await running;
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }

            var connection = new RawConnection(socket, Interlocked.Increment(ref _accepted));
            _connections[connection] = Task.CompletedTask;
            Task running = HandleAsync(connection);
            _connections.TryUpdate(connection, running, Task.CompletedTask);
        }
    }

    private async Task HandleAsync(RawConnection connection)
    {
        try
        {
            await _script(connection);
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            connection.Error = error;
        }
        finally
        {
            connection.Dispose();
            _connections.TryRemove(connection, out _);
        }
    }
}
