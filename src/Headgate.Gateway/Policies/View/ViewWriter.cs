using System.Buffers;
using System.IO.Pipelines;
using Headgate.Gateway.Json;

namespace Headgate.Gateway.Policies.View;

/// <summary>Takes a JSON text piece by piece, and passes on of each what belongs to a view, without waiting for the next. Reused. Not thread-safe.</summary>
internal sealed class ViewWriter : PipeWriter
{
    private const int RoomBytes = 4096;

    private readonly JsonProjection _projection = new();
    private PipeWriter _target = null!;
    private byte[] _room = [];

    /// <summary>Bytes that were passed on.</summary>
    public long Written => _projection.Written;

    /// <summary>Whether what came can be the beginning of a JSON text.</summary>
    public bool IsValid => _projection.IsValid;

    /// <summary>Begins another text.</summary>
    public void Begin(ViewPlan view, PipeWriter target)
    {
        _target = target;
        _projection.Begin(view.Fields, target);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_room.Length < Math.Max(sizeHint, 1))
        {
            Release();
            _room = ArrayPool<byte>.Shared.Rent(Math.Max(sizeHint, RoomBytes));
        }

        return _room;
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes) => _projection.Take(_room.AsSpan(0, bytes));

    /// <summary>Passes on what there is. Completed when no more is taken.</summary>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        IsValid ? _target.FlushAsync(cancellationToken) : new ValueTask<FlushResult>(new FlushResult(isCanceled: false, isCompleted: true));

    /// <summary>Ends the text.</summary>
    /// <returns>Whether it was a whole one.</returns>
    public bool End() => _projection.End();

    public override void CancelPendingFlush() => _target.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        // The answer goes on when its body is complete; End is the body's end.
    }

    /// <summary>Gives the memory back. Safe to call again.</summary>
    public void Release()
    {
        if (_room.Length > 0)
            ArrayPool<byte>.Shared.Return(_room);
        _room = [];
    }
}
