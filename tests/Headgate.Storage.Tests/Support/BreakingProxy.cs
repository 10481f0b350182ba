using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Headgate.Storage.Tests.Support;

/// <summary>Stands between a store and its server, and breaks a connection off when the store says a certain word; once.</summary>
internal sealed class BreakingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;
    private readonly int _port;
    private byte[]? _word;
    private int _breaks;

    /// <param name="url">The server and its database, without encryption.</param>
    public BreakingProxy(string url)
    {
        var server = new Uri(url);
        _port = server.Port;
        _listener.Start();
        Url = url.Replace($":{_port}/", $":{((IPEndPoint)_listener.LocalEndpoint).Port}/", StringComparison.Ordinal) + "?sslmode=disable";
        _accepting = AcceptAsync();
    }

    public string Url { get; }

    public int Breaks => Volatile.Read(ref _breaks);

    public void BreakAt(string word) => Volatile.Write(ref _word, Encoding.ASCII.GetBytes(word));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        await Task.WhenAll(_connections);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                _connections.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using TcpClient near = client;
        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Loopback, _port, _stopping.Token);
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        await Task.WhenAll(CopyAsync(near.GetStream(), far.GetStream(), watched: true, broken), CopyAsync(far.GetStream(), near.GetStream(), watched: false, broken));
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, bool watched, CancellationTokenSource broken)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, broken.Token) is > 0 and int read)
            {
                if (watched && Volatile.Read(ref _word) is { } word && buffer.AsSpan(0, read).IndexOf(word) >= 0)
                {
                    Volatile.Write(ref _word, null);
                    Interlocked.Increment(ref _breaks);
                    break;
                }

                await to.WriteAsync(buffer.AsMemory(0, read), broken.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // One side has gone: the other follows.
        }

        await broken.CancelAsync();
    }
}
