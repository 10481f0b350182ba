using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Headgate.Bench.Load;

/// <summary>Opens many connections, makes one request on each, and keeps them open until disposal.</summary>
internal sealed class IdleConnections(Uri address, string path) : IAsyncDisposable
{
    // At most this many connects at once: a listen queue is finite, and a refused connection would not be a measurement.
    private const int Parallel = 100;
    private readonly List<Socket> sockets = [];
    private readonly byte[] request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n");

    /// <summary>Opens the connections; each is answered once before this returns.</summary>
    /// <exception cref="MeasurementFailedException">One was refused, cut or answered with an error.</exception>
    public async Task OpenAsync(int count, CancellationToken cancellation)
    {
        for (var opened = 0; opened < count; opened += Parallel)
        {
            var batch = Enumerable.Range(0, Math.Min(Parallel, count - opened)).Select(_ => Open()).ToArray();
            sockets.AddRange(batch);
            await Task.WhenAll(batch.Select(socket => ConnectAsync(socket, cancellation)));
        }
    }

    /// <summary>How many of them answer a further request.</summary>
    public async Task<int> CountOpenAsync(CancellationToken cancellation)
    {
        var answered = 0;
        foreach (var batch in sockets.Chunk(Parallel))
            answered += (await Task.WhenAll(batch.Select(socket => KeepAliveExchange.TryAsync(socket, request, cancellation)))).Count(ok => ok);
        return answered;
    }

    public ValueTask DisposeAsync()
    {
        foreach (var socket in sockets)
            socket.Dispose();
        sockets.Clear();
        return ValueTask.CompletedTask;
    }

    private static Socket Open() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private async Task ConnectAsync(Socket socket, CancellationToken cancellation)
    {
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port), cancellation);
        }
        catch (SocketException failed)
        {
            throw new MeasurementFailedException($"a connection was refused: {failed.Message}");
        }
        if (!await KeepAliveExchange.TryAsync(socket, request, cancellation))
            throw new MeasurementFailedException("a connection was cut or not answered with 200");
    }
}
