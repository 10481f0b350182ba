using System.Buffers;

namespace Headgate.Gateway.Policies.Compression;

/// <summary>Compresses one body, piece by piece. Used by one thread at a time.</summary>
internal abstract class ContentCoder : IDisposable
{
    /// <summary>The coder of a coding.</summary>
    /// <param name="coding">The coding.</param>
    /// <param name="output">Where the compressed bytes go.</param>
    public static ContentCoder Of(ContentCoding coding, IBufferWriter<byte> output) =>
        coding == ContentCoding.Br ? new BrotliCoder(output) : new GzipCoder(output);

    /// <summary>Compresses a piece. All of it can be read by the client from what has come out, so that nothing is held back.</summary>
    public abstract void Write(ReadOnlySpan<byte> piece);

    /// <summary>Compresses the last piece and ends the body.</summary>
    public abstract void End(ReadOnlySpan<byte> piece);

    public abstract void Dispose();
}
