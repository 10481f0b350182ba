using System.Buffers;
using System.IO.Pipelines;

namespace Headgate.Gateway.Pipeline;

/// <summary>
/// Takes a response body into memory that Headgate reads itself. What is beyond its bound is read and dropped, and <see cref="IsWhole"/> says so.
/// Not thread-safe.
/// </summary>
/// <param name="mostBytes">The most bytes that are kept.</param>
internal sealed class CapturedBody(int mostBytes) : PipeWriter
{
    private const int RoomBytes = 4096;

    private readonly ArrayBufferWriter<byte> _kept = new();
    private byte[] _room = [];

    /// <summary>Whether all that was written is kept.</summary>
    public bool IsWhole { get; private set; } = true;

    public ReadOnlyMemory<byte> Bytes => _kept.WrittenMemory;

    public override void Advance(int bytes)
    {
        if (_kept.WrittenCount + bytes <= mostBytes)
            _kept.Write(_room.AsSpan(0, bytes));
        else
            IsWhole = false;
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_room.Length < Math.Max(sizeHint, 1))
            _room = new byte[Math.Max(sizeHint, RoomBytes)];
        return _room;
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => new(new FlushResult(isCanceled: false, isCompleted: false));

    public override void CancelPendingFlush()
    {
        // A flush is never pending.
    }

    public override void Complete(Exception? exception = null)
    {
        // What was captured stays readable.
    }
}
