using System.Buffers;
using System.IO.Compression;

namespace Headgate.Gateway.Policies.Compression;

/// <summary>Compresses with Brotli.</summary>
internal sealed class BrotliCoder(IBufferWriter<byte> output) : ContentCoder
{
    // About the time of gzip's usual level, for a smaller result; higher ones take many times as long for answers that are made once.
    private const int Quality = 4;

    // 256 KiB: bodies of APIs are smaller, and the encoder's memory grows with it.
    private const int WindowBits = 18;

    private const int RoomBytes = 4096;

    private BrotliEncoder _encoder = new(Quality, WindowBits);

    public override void Write(ReadOnlySpan<byte> piece)
    {
        Compress(piece, isLast: false);
        OperationStatus status;
        do
        {
            status = _encoder.Flush(output.GetSpan(RoomBytes), out int written);
            output.Advance(written);
        }
        while (status == OperationStatus.DestinationTooSmall);
    }

    public override void End(ReadOnlySpan<byte> piece) => Compress(piece, isLast: true);

    public override void Dispose() => _encoder.Dispose();

    private void Compress(ReadOnlySpan<byte> piece, bool isLast)
    {
        OperationStatus status;
        do
        {
            status = _encoder.Compress(piece, output.GetSpan(RoomBytes), out int read, out int written, isLast);
            piece = piece[read..];
            output.Advance(written);
        }
        while (status == OperationStatus.DestinationTooSmall);
        if (status != OperationStatus.Done)
            throw new InvalidOperationException($"The encoder ended with {status}.");
    }
}
