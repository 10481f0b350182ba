using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>The chunked coding of a request body (RFC 9112 §7.1).</summary>
internal static class ChunkFrame
{
    public const int MostDataBytes = 32 * 1024;

    private const int SizeLineBytes = 8;

    /// <summary>The size of a buffer for one chunk.</summary>
    public const int BufferBytes = SizeLineBytes + MostDataBytes + 2;

    /// <summary>Writes a chunk into a buffer and gives the part that is used.</summary>
    public static Memory<byte> Write(in ReadOnlySequence<byte> data, byte[] buffer)
    {
        int length = (int)data.Length;
        length.TryFormat(buffer, out int position, "x", System.Globalization.CultureInfo.InvariantCulture);
        "\r\n"u8.CopyTo(buffer.AsSpan(position));
        position += 2;
        data.CopyTo(buffer.AsSpan(position));
        position += length;
        "\r\n"u8.CopyTo(buffer.AsSpan(position));
        return buffer.AsMemory(0, position + 2);
    }

    /// <summary>The last chunk with the trailer section.</summary>
    public static Memory<byte> WriteEnd(IHeaderDictionary? trailers)
    {
        var text = new StringBuilder("0\r\n");
        if (trailers is not null)
        {
            foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in trailers)
            {
                if (!TrailerRules.IsPassedOn(name))
                    continue;
                foreach (string? value in values)
                    text.Append(name).Append(": ").Append(value).Append("\r\n");
            }
        }

        return Encoding.Latin1.GetBytes(text.Append("\r\n").ToString());
    }
}
