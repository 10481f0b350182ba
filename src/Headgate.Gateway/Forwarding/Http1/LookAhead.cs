using Headgate.Gateway.Sockets;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// Takes in what has arrived of a body before anything of the response goes out: a body that has broken off by then is answered with an error instead of a
/// response that is cut short, and one that is whole goes out in one send. It never waits. Stateless.
/// </summary>
internal static class LookAhead
{
    private const int BufferBytes = 32 * 1024;
    private const int EnoughBytes = 16 * 1024;

    /// <summary>Looks until so many bytes are there, or enough to begin with.</summary>
    /// <returns>The last look: above zero when there is enough, else 0 at the end of the stream, <see cref="EventSocket.NothingYet"/> or <see cref="EventSocket.Failed"/>.</returns>
    public static int ForBytes(UpstreamConnection connection, long wanted)
    {
        long enough = Math.Min(wanted, EnoughBytes);
        while (connection.ReceivedCount < enough)
        {
            if (connection.ReceiveAvailable(BufferBytes) is <= 0 and var end)
                return end;
        }

        return 1;
    }

    /// <summary>Looks until a chunked body is whole, is found invalid, or there is enough to begin with.</summary>
    /// <returns>As <see cref="ForBytes"/>.</returns>
    public static int ForChunks(UpstreamConnection connection)
    {
        // RFC 9112 §7.1.3: only the last chunk and the trailers tell whether the body is whole.
        var decoder = new ChunkedDecoder();
        int seen = 0;
        while (true)
        {
            ChunkedEvent next = decoder.Read(connection.Received[seen..], out int framingBytes, out int dataBytes);
            seen += framingBytes + dataBytes;
            if (next == ChunkedEvent.Data)
                continue;
            if (next != ChunkedEvent.NeedMore)
                return next == ChunkedEvent.End ? 1 : EventSocket.Failed;
            if (connection.ReceivedCount >= EnoughBytes)
                return 1;
            if (connection.ReceiveAvailable(BufferBytes) is <= 0 and var end)
                return end;
        }
    }
}
