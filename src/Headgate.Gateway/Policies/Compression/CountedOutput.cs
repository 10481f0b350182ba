using System.Buffers;

namespace Headgate.Gateway.Policies.Compression;

/// <summary>A buffer writer that counts what goes through it. Not thread-safe.</summary>
internal sealed class CountedOutput(IBufferWriter<byte> target) : IBufferWriter<byte>
{
    /// <summary>Bytes so far.</summary>
    public long Count { get; private set; }

    public void Advance(int count)
    {
        Count += count;
        target.Advance(count);
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => target.GetMemory(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => target.GetSpan(sizeHint);
}
