using System.Buffers;
using System.IO.Pipelines;

namespace Headgate.Gateway.Pipeline.Detached;

/// <summary>
/// Where the body of a detached answer goes: into memory up to a bound. One that outgrows it waits for the client's response, and goes on to it from there; or nowhere, when nobody wants it.
/// One writes, another says who takes the rest. Used for answer after answer.
/// </summary>
internal sealed class OverflowBody : PipeWriter
{
    // What a connection keeps from request to request.
    private const int MostReusedBytes = 16 * 1024;

    private ArrayBufferWriter<byte> _kept = new();
    private TaskCompletionSource _outgrown = NewOutgrown();
    private TaskCompletionSource<ClientResponse?> _taker = NewTaker();
    private ClientResponse? _client;
    private int _mostBytes;
    private bool _isDropped;

    /// <summary>Completes when there is more than is kept; never when there is not.</summary>
    public Task Outgrown => _outgrown.Task;

    /// <summary>What is kept: the whole, unless it is outgrown.</summary>
    public ReadOnlyMemory<byte> Bytes => _kept.WrittenMemory;

    /// <summary>Begins the next body; the one before is over.</summary>
    /// <param name="mostBytes">The most bytes that are kept.</param>
    public void Begin(int mostBytes)
    {
        if (_kept.Capacity > MostReusedBytes)
            _kept = new ArrayBufferWriter<byte>();
        else
            _kept.ResetWrittenCount();
        if (Outgrown.IsCompleted)
            (_outgrown, _taker) = (NewOutgrown(), NewTaker());
        (_mostBytes, _client, _isDropped) = (mostBytes, null, false);
    }

    /// <summary>Has the rest of a body that is outgrown go to a response, or nowhere. Calls after the first are ignored.</summary>
    public void GoOnTo(ClientResponse? client) => _taker.TrySetResult(client);

    public override Memory<byte> GetMemory(int sizeHint = 0) =>
        _isDropped ? new byte[Math.Max(sizeHint, 1)] : _client is { } client ? client.Writer.GetMemory(sizeHint) : _kept.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        if (_isDropped)
            return;
        if (_client is { } client)
            client.Writer.Advance(bytes);
        else
            _kept.Advance(bytes);
    }

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_client is null && !_isDropped && _kept.WrittenCount > _mostBytes)
            await OutgrowAsync();
        if (_client is { } client)
            _isDropped |= (await client.Writer.FlushAsync(cancellationToken)).IsCompleted;
        return new FlushResult(isCanceled: false, isCompleted: _isDropped);
    }

    public override void CancelPendingFlush()
    {
        // A flush waits for the client, and ends when that goes.
    }

    public override void Complete(Exception? exception = null)
    {
        // What is kept stays readable.
    }

    private static TaskCompletionSource NewOutgrown() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource<ClientResponse?> NewTaker() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async ValueTask OutgrowAsync()
    {
        _outgrown.TrySetResult();
        ClientResponse? client = await _taker.Task;
        _isDropped = client is null;
        if (client is null)
            return;

        // What was counted when it was kept is forgotten: it passes to the client now.
        client.Writer.Write(_kept.WrittenSpan);
        client.Passed(_kept.WrittenSpan);
        _client = client;
    }
}
