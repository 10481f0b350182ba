using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Commerce.Tests.Support;

/// <summary>Closes the first connections without a word, and answers later ones.</summary>
internal sealed class FlakyServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public FlakyServer(int failures)
    {
        _listener.Start();
        _serving = ServeAsync(failures);
    }

    public int Connections { get; private set; }

    public string LastRequest { get; private set; } = "";

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    public void Dispose()
    {
        _listener.Dispose();
        Assert.True(_serving.IsCompleted || _serving.Wait(TimeSpan.FromSeconds(5), CancellationToken.None));
    }

    private async Task ServeAsync(int failures)
    {
        try
        {
            while (true)
            {
                using var connection = await _listener.AcceptTcpClientAsync();
                Connections++;
                if (Connections <= failures)
                    continue;
                var buffer = new byte[16 * 1024];
                var length = 0;
                while (!LastRequest.Contains("\r\n\r\n", StringComparison.Ordinal) || !LastRequest.EndsWith('}'))
                {
                    length += await connection.GetStream().ReadAsync(buffer.AsMemory(length));
                    LastRequest = Encoding.ASCII.GetString(buffer, 0, length);
                }

                await connection.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray());
            }
        }
        catch (Exception error) when (error is SocketException or InvalidOperationException)
        {
            // The test is over and the listener closed: while it waited, between two accepts, or disposed.
            return;
        }
    }
}
