using System.Buffers;
using System.IO.Pipelines;

namespace Headgate.Gateway.Json;

/// <summary>
/// Where a body is written that Headgate reads itself, piece by piece as it comes and without keeping it. Reused; <see cref="ReleaseRoom"/> gives its memory back. Not thread-safe.
/// </summary>
internal abstract class PieceWriter : PipeWriter
{
    private const int RoomBytes = 4096;

    private byte[] _room = [];

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_room.Length < Math.Max(sizeHint, 1))
        {
            ReleaseRoom();
            _room = ArrayPool<byte>.Shared.Rent(Math.Max(sizeHint, RoomBytes));
        }

        return _room;
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes) => Take(_room.AsSpan(0, bytes));

    public override void CancelPendingFlush()
    {
        // Who flushes waits for what the pieces become, and for nothing here.
    }

    public override void Complete(Exception? exception = null)
    {
        // The body's end is told by whoever has it written.
    }

    /// <summary>Reads the next piece.</summary>
    protected abstract void Take(ReadOnlySpan<byte> piece);

    /// <summary>Gives the memory back. Safe to call again.</summary>
    protected void ReleaseRoom()
    {
        if (_room.Length > 0)
            ArrayPool<byte>.Shared.Return(_room);
        _room = [];
    }
}
