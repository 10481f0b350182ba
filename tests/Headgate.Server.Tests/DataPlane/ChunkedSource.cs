using System.Security.Cryptography;
using System.Text;

namespace Headgate.Server.Tests.DataPlane;

/// <summary>Writes chunked bodies of pseudo-random bytes in chunks of very different sizes, with their SHA-256 in a trailer.</summary>
internal static class ChunkedSource
{
    private const int BlockBytes = 1024 * 1024;
    private const int LargestChunkBytes = 100_000;

    private static readonly int[] s_chunkBytes = [64 * 1024, 1, 16 * 1024, LargestChunkBytes, 7, 4096];
    private static readonly byte[] s_block = MakeBlock();

    /// <summary>Writes a body.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="bytes">How long it is.</param>
    /// <param name="seed">Two seeds are two contents.</param>
    /// <param name="trailers">Further trailer lines, each with its line end.</param>
    public static async Task WriteAsync(Stream stream, long bytes, int seed, string trailers = "")
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] frame = new byte[LargestChunkBytes + 16];
        for (int i = seed; bytes > 0; i++)
        {
            int size = (int)Math.Min(bytes, s_chunkBytes[i % s_chunkBytes.Length]);
            ReadOnlyMemory<byte> data = s_block.AsMemory(i * 7919 % (BlockBytes - LargestChunkBytes), size);
            hash.AppendData(data.Span);
            int length = Encoding.ASCII.GetBytes($"{size:x}\r\n", frame);
            data.Span.CopyTo(frame.AsSpan(length));
            length += size;
            "\r\n"u8.CopyTo(frame.AsSpan(length));
            await stream.WriteAsync(frame.AsMemory(0, length + 2), stop);
            bytes -= size;
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"0\r\nX-Sha256: {Convert.ToHexString(hash.GetHashAndReset())}\r\n{trailers}\r\n"), stop);
    }

    private static byte[] MakeBlock()
    {
        byte[] block = new byte[BlockBytes];
        new Random(20260101).NextBytes(block);
        return block;
    }
}
