using System.Buffers;
using System.IO.Pipelines;
using Headgate.Gateway.Json;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.View;

/// <summary>
/// Takes a JSON text piece by piece, and passes on what belongs to a view whenever it is flushed: what a client could have had of the whole, it has of the view, and what is found to be no JSON
/// before has not gone out. Reused. Not thread-safe.
/// </summary>
internal sealed class ViewWriter : PieceWriter
{
    /// <summary>Why there is no view.</summary>
    public const string NoJson = "It is no JSON.";

    private readonly JsonProjection _projection = new();
    private readonly PooledBytes _kept = new();
    private PipeWriter _target = null!;
    private GatewayContext _context = null!;

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

    /// <summary>Gives the memory back. Safe to call again.</summary>
    public void Release()
    {
        ReleaseRoom();
        _kept.Release();
    }

    protected override void Take(ReadOnlySpan<byte> piece) => _projection.Take(piece);
}
