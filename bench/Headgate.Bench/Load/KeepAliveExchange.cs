using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Headgate.Bench.Load;

/// <summary>One GET on an open connection, read to the end of the answer so that the connection stays usable.</summary>
internal static class KeepAliveExchange
{
    private const int BufferBytes = 4096;
    private const string LengthField = "\r\nContent-Length:";
    private const string ChunkedField = "\r\nTransfer-Encoding: chunked";

    /// <summary>True when the answer was 200 and complete; false when the connection was cut or the answer was another.</summary>
    public static async Task<bool> TryAsync(Socket socket, byte[] request, CancellationToken cancellation)
    {
        try
        {
            await socket.SendAsync(request, cancellation);
            var buffer = new byte[BufferBytes];
            for (var length = 0; length < buffer.Length;)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
                if (read == 0)
                    return false;
                length += read;
                var answer = Encoding.ASCII.GetString(buffer, 0, length);
                if (IsComplete(answer))
                    return answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal);
            }
            return false;
        }
        catch (SocketException)
        {
            return false; // Cut by the other side: the caller counts it.
        }
    }

    // RFC 9112 §6.3: the length of a body, as far as this small answer needs it.
    internal static bool IsComplete(string answer)
    {
        var headEnd = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (headEnd < 0)
            return false;
        var head = answer[..headEnd];
        if (head.Contains(ChunkedField, StringComparison.OrdinalIgnoreCase))
            return answer.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal);
        var field = head.IndexOf(LengthField, StringComparison.OrdinalIgnoreCase);
        if (field < 0)
            return true;
        var value = head[(field + LengthField.Length)..].Split("\r\n")[0];
        return answer.Length >= headEnd + 4 + int.Parse(value, CultureInfo.InvariantCulture);
    }
}
