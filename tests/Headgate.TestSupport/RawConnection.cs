using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Headgate.TestSupport;

/// <summary>One TCP connection, of a client or of a <see cref="RawServer"/>, read and written byte by byte. Not thread-safe in one direction.</summary>
public sealed class RawConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private byte[] _received = new byte[16 * 1024];
    private int _count;

    public RawConnection(Socket socket, int number = 0)
    {
        _socket = socket;
        _socket.NoDelay = true;
        _stream = new NetworkStream(socket);
        Number = number;
    }

    /// <summary>The how-manieth connection of its server, from 1.</summary>
    public int Number { get; }

    /// <summary>What ended the script before its time, or null.</summary>
    public Exception? Error { get; set; }

    public NetworkStream Stream => _stream;

    public Socket Socket => _socket;

    public static async Task<RawConnection> ConnectAsync(Uri url)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, url.Port);
        return new RawConnection(socket);
    }

    /// <summary>Sends text as ISO-8859-1, so that every byte can be written.</summary>
    public async Task SendAsync(string text) => await _stream.WriteAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes);

    /// <summary>Reads up to and including a text; null when the connection ends before it.</summary>
    public async Task<string?> ReadUntilAsync(string end)
    {
        byte[] wanted = Encoding.Latin1.GetBytes(end);
        while (true)
        {
            int found = _received.AsSpan(0, _count).IndexOf(wanted);
            if (found >= 0)
                return Take(found + wanted.Length);
            if (await FillAsync() == 0)
                return null;
        }
    }

    /// <summary>Reads a request or response head, empty line included; null at the end of the connection.</summary>
    public Task<string?> ReadHeadAsync() => ReadUntilAsync("\r\n\r\n");

    /// <summary>Reads exactly so many bytes; fewer only when the connection ends.</summary>
    public async Task<string> ReadExactlyAsync(int count)
    {
        while (_count < count && await FillAsync() > 0)
        {
        }

        return Take(Math.Min(count, _count));
    }

    /// <summary>Reads to the end of the connection. The second value tells an orderly close from a reset.</summary>
    public async Task<(string Text, bool Orderly)> ReadToEndAsync()
    {
        try
        {
            while (await FillAsync() > 0)
            {
            }

            return (Take(_count), true);
        }
        catch (IOException)
        {
            return (Take(_count), false);
        }
    }

    /// <summary>Ends the connection with a reset instead of an orderly close.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close(0);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private string Take(int count)
    {
        string text = Encoding.Latin1.GetString(_received, 0, count);
        _received.AsSpan(count, _count - count).CopyTo(_received);
        _count -= count;
        return text;
    }

    private async Task<int> FillAsync()
    {
        if (_count == _received.Length)
            Array.Resize(ref _received, _count * 2);
        int read = await _stream.ReadAsync(_received.AsMemory(_count));
        _count += read;
        return read;
    }
}
