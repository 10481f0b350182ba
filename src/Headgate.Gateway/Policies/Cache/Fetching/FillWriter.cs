using System.Buffers;
using System.IO.Pipelines;
using Headgate.Gateway.Policies.Cache.Memory;

namespace Headgate.Gateway.Policies.Cache.Fetching;

/// <summary>Where the body of a fetched answer is written instead of to a client: into a <see cref="StoredBody"/>. Not thread-safe.</summary>
/// <param name="body">The body.</param>
/// <param name="outgrown">Told once when the body can be kept no longer.</param>
internal sealed class FillWriter(StoredBody body, Action outgrown) : PipeWriter
{
    private const int RoomBytes = 4096;

    private bool _wasKept = !body.IsWindow;

    private byte[] _room = [];

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_room.Length < Math.Max(sizeHint, 1))
        {
            Complete();
            _room = ArrayPool<byte>.Shared.Rent(Math.Max(sizeHint, RoomBytes));
        }

        return _room;
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        body.Append(_room.AsSpan(0, bytes));
        if (!_wasKept || !body.IsWindow)
            return;
        _wasKept = false;
        outgrown();
    }

    /// <summary>Lets readers know, and waits while nobody takes what lies there. Completed when nobody wants the body any more.</summary>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        ValueTask waiting = body.FlushAsync();
        return waiting.IsCompletedSuccessfully ? new ValueTask<FlushResult>(Result()) : WaitAsync(waiting);
    }

    public override void CancelPendingFlush()
    {
        // A flush waits for readers, and ends when they go.
    }

    public override void Complete(Exception? exception = null)
    {
        if (_room.Length > 0)
            ArrayPool<byte>.Shared.Return(_room);
        _room = [];
    }

    private async ValueTask<FlushResult> WaitAsync(ValueTask waiting)
    {
        await waiting;
        return Result();
    }

    private FlushResult Result() => new(isCanceled: false, isCompleted: !body.IsWanted);
}
