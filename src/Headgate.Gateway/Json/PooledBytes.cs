using System.Buffers;

namespace Headgate.Gateway.Json;

/// <summary>Bytes that are put together in pooled memory. Reused; <see cref="Release"/> gives the memory back. Not thread-safe.</summary>
internal sealed class PooledBytes : IBufferWriter<byte>
{
    private const int LeastBytes = 512;

    private byte[] _bytes = [];
    private int _count;

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _count);

    public void Advance(int count) => _count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        int room = Math.Max(sizeHint, 1);
        if (_bytes.Length - _count < room)
            Grow(room);
        return _bytes.AsMemory(_count);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Forgets what was written, and keeps the memory.</summary>
    public void Clear() => _count = 0;

    /// <summary>Gives the memory back. Safe to call again.</summary>
    public void Release()
    {
        _count = 0;
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void Grow(int room)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(LeastBytes, Math.Max(_count + room, _bytes.Length * 2)));
        _bytes.AsSpan(0, _count).CopyTo(larger);
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
