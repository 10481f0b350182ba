using System.Buffers;
using System.IO.Pipelines;
using Headgate.Gateway.Json;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.View;

/// <summary>
/// Takes a JSON text piece by piece, and passes on what belongs to a view whenever it is flushed: what a client could have had of the whole, it has of the view, and what is found to be no JSON
/// before has not gone out. Reused. Not thread-safe.
/// </summary>
internal sealed class ViewWriter : PipeWriter
{
    /// <summary>Why there is no view.</summary>
    public const string NoJson = "It is no JSON.";

    private const int RoomBytes = 4096;

    private readonly JsonProjection _projection = new();
    private readonly PooledBytes _kept = new();
    private PipeWriter _target = null!;
    private GatewayContext _context = null!;
    private byte[] _room = [];

    /// <summary>Bytes of the view so far.</summary>
    public long Written => _projection.Written;

    /// <summary>Whether something of it has been passed on.</summary>
    public bool HasPassedOn { get; private set; }

    /// <summary>Whether what came can be the beginning of a JSON text.</summary>
    public bool IsValid => _projection.IsValid;

    /// <summary>Begins another text.</summary>
    public void Begin(ViewPlan view, GatewayContext context)
    {
        (_context, _target, HasPassedOn) = (context, context.Response.Writer, false);
        _kept.Clear();
        _projection.Begin(view.Fields, _kept);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_room.Length < Math.Max(sizeHint, 1))
        {
            ReturnRoom();
            _room = ArrayPool<byte>.Shared.Rent(Math.Max(sizeHint, RoomBytes));
        }

        return _room;
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes) => _projection.Take(_room.AsSpan(0, bytes));

    /// <summary>Passes on what there is. Completed when no more is taken.</summary>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (!IsValid)
        {
            // Told before the copying tells that it was ended.
            _context.Fail(ViewErrors.Unreadable(_context, NoJson));
            return new ValueTask<FlushResult>(new FlushResult(isCanceled: false, isCompleted: true));
        }

        PassOn();
        return _target.FlushAsync(cancellationToken);
    }

    /// <summary>Ends the text. The rest is passed on, and flushed by whoever sends the answer, when it was a whole one.</summary>
    /// <returns>Whether it was.</returns>
    public bool End() => _projection.End();

    /// <summary>Passes on what there is.</summary>
    public void PassOn()
    {
        HasPassedOn = true;
        _target.Write(_kept.Written.Span);
        _kept.Clear();
    }

    public override void CancelPendingFlush() => _target.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        // The answer goes on when its body is complete; End is the body's end.
    }

    /// <summary>Gives the memory back. Safe to call again.</summary>
    public void Release()
    {
        ReturnRoom();
        _kept.Release();
    }

    private void ReturnRoom()
    {
        if (_room.Length > 0)
            ArrayPool<byte>.Shared.Return(_room);
        _room = [];
    }
}
