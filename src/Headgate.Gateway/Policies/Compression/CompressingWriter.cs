using System.Buffers;
using System.IO.Pipelines;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.Compression;

/// <summary>
/// Takes a body piece by piece, and passes it on compressed whenever it is flushed: what a client could have had at once as it is, it has at once compressed. Large pieces are
/// compressed on the thread pool. Not thread-safe.
/// </summary>
internal sealed class CompressingWriter : PipeWriter, IDisposable
{
    // Some tenths of a millisecond; what takes longer must not hold an event thread.
    private const int MostEventThreadBytes = 16 * 1024;

    private const int RoomBytes = 4096;

    private readonly PipeWriter _target;
    private readonly CountedOutput _output;
    private readonly CompressionLoad _load;
    private readonly ContentCoder _coder;
    private byte[] _held = [];
    private int _count;

    public CompressingWriter(ContentCoding coding, PipeWriter target, CompressionLoad load)
    {
        (_target, _load) = (target, load);
        _output = new CountedOutput(target);
        _coder = ContentCoder.Of(coding, _output);
    }

    /// <summary>Compressed bytes so far.</summary>
    public long Written => _output.Count;

    public override void Advance(int bytes) => _count += bytes;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        int room = Math.Max(sizeHint, RoomBytes);
        if (_held.Length - _count < room)
            Grow(room);
        return _held.AsMemory(_count);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (MustLeaveThread)
            return FlushOnPoolAsync(cancellationToken);
        Compress(isLast: false);
        return _target.FlushAsync(cancellationToken);
    }

    /// <summary>Ends the body. The rest is flushed by whoever sends the answer.</summary>
    public async ValueTask EndAsync()
    {
        if (MustLeaveThread)
            await PoolHop.Now();
        Compress(isLast: true);
    }

    public override void CancelPendingFlush() => _target.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        // The answer goes on when its body is complete; EndAsync is the body's end.
    }

    public void Dispose()
    {
        _coder.Dispose();
        if (_held.Length > 0)
            ArrayPool<byte>.Shared.Return(_held);
        _held = [];
    }

    private bool MustLeaveThread => _count > MostEventThreadBytes && !Thread.CurrentThread.IsThreadPoolThread;

    private async ValueTask<FlushResult> FlushOnPoolAsync(CancellationToken cancellationToken)
    {
        await PoolHop.Now();
        Compress(isLast: false);
        return await _target.FlushAsync(cancellationToken);
    }

    private void Compress(bool isLast)
    {
        ReadOnlySpan<byte> piece = _held.AsSpan(0, _count);
        _load.BeginPiece();
        try
        {
            if (isLast)
                _coder.End(piece);
            else if (piece.Length > 0)
                _coder.Write(piece);
        }
        finally
        {
            _load.EndPiece();
        }

        _count = 0;
    }

    private void Grow(int room)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_count + room, _held.Length * 2));
        _held.AsSpan(0, _count).CopyTo(larger);
        if (_held.Length > 0)
            ArrayPool<byte>.Shared.Return(_held);
        _held = larger;
    }
}
