using System.IO.Pipelines;

namespace Headgate.Gateway.Tests.Policies.Cache;

/// <summary>A client that takes everything and keeps nothing.</summary>
internal sealed class DiscardingWriter : PipeWriter
{
    private readonly byte[] _room = new byte[64 * 1024];

    public override Memory<byte> GetMemory(int sizeHint = 0) => _room;

    public override Span<byte> GetSpan(int sizeHint = 0) => _room;

    public override void Advance(int bytes)
    {
        // Nothing is kept.
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => new(new FlushResult(isCanceled: false, isCompleted: false));

    public override void CancelPendingFlush()
    {
        // A flush is never pending.
    }

    public override void Complete(Exception? exception = null)
    {
        // There is nothing to end.
    }
}
