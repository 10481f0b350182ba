using System.Buffers;
using System.IO.Compression;

namespace Headgate.Gateway.Policies.Compression;

/// <summary>Compresses with gzip.</summary>
internal sealed class GzipCoder : ContentCoder
{
    private readonly GZipStream _gzip;

    public GzipCoder(IBufferWriter<byte> output) => _gzip = new GZipStream(new BufferStream(output), CompressionLevel.Fastest);

    public override void Write(ReadOnlySpan<byte> piece)
    {
        _gzip.Write(piece);
        _gzip.Flush();
    }

    public override void End(ReadOnlySpan<byte> piece)
    {
        _gzip.Write(piece);

        // The trailer of RFC 1952 §2.3.1 comes with the end of the stream.
        _gzip.Dispose();
    }

    public override void Dispose() => _gzip.Dispose();
}
