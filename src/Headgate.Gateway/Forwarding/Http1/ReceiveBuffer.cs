using System.Buffers;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// What an upstream connection has received and not yet consumed. The memory is rented when something has come and given back when all of it is consumed: who is idle, or waits for the
/// next event of a stream, holds none, and the next answer as a rule finds the same buffer, still in the processor's cache. Mutable; not thread-safe.
/// </summary>
internal struct ReceiveBuffer
{
    // An answer of 16 KiB and its head in one receive.
    private const int FirstBytes = 32 * 1024;

    private byte[] _bytes = [];
    private int _start;
    private int _end;

    public ReceiveBuffer()
    {
    }

    /// <summary>The bytes received and not yet consumed.</summary>
    public readonly ReadOnlySpan<byte> Received => _bytes.AsSpan(_start, Count);

    public readonly int Count => _end - _start;

    /// <summary>Counts bytes that were written into the room as received.</summary>
    public void Append(int count) => _end += count;

    public void Consume(int count)
    {
        _start += count;
        if (_start == _end)
            Clear();
    }

    /// <summary>Where to receive; never empty.</summary>
    /// <param name="bytes">The least size of the whole buffer.</param>
    public Memory<byte> Room(int bytes = FirstBytes)
    {
        if (_end == _bytes.Length || _bytes.Length < bytes)
            MakeRoom(bytes);
        return _bytes.AsMemory(_end);
    }

    /// <summary>Forgets everything and gives the memory back; nothing may be receiving into it.</summary>
    public void Clear()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _start = _end = 0;
    }

    // What is consumed at the front is room too; only a buffer that is full from its first byte has to grow.
    private void MakeRoom(int bytes)
    {
        bool grows = _bytes.Length < bytes || _start == 0;
        byte[] target = grows ? ArrayPool<byte>.Shared.Rent(Math.Max(bytes, _bytes.Length * 4)) : _bytes;
        int count = Count;
        Received.CopyTo(target);
        if (grows && _bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _start, _end) = (target, 0, count);
    }
}
