using System.Buffers;
using System.IO.Pipelines;

namespace Headgate.Gateway.Pipeline.Detached;

/// <summary>
/// Where the body of a detached answer goes: into memory up to a bound. One that outgrows it waits for the client, and goes on to it from there; or nowhere, when nobody wants it.
/// One writes, another says who takes the rest.
/// </summary>
/// <param name="mostBytes">The most bytes that are kept.</param>
internal sealed class OverflowBody(int mostBytes) : PipeWriter
{
    private readonly ArrayBufferWriter<byte> _kept = new();
    private readonly TaskCompletionSource _outgrown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<GatewayContext?> _taker = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GatewayContext? _client;
    private Memory<byte> _room;
    private bool _isDropped;

    /// <summary>Completes when there is more than is kept; never when there is not.</summary>
    public Task Outgrown => _outgrown.Task;

    /// <summary>What is kept: the whole, unless it is outgrown.</summary>
    public ReadOnlyMemory<byte> Bytes => _kept.WrittenMemory;

    /// <summary>Has the rest go to a client, or nowhere. Calls after the first are ignored.</summary>
    public void GoOnTo(GatewayContext? client) => _taker.TrySetResult(client);

    public override Memory<byte> GetMemory(int sizeHint = 0) =>
        _room = _isDropped ? new byte[Math.Max(sizeHint, 1)] : _client is { } client ? client.Response.Writer.GetMemory(sizeHint) : _kept.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        if (_isDropped)
            return;
        if (_client is not { } client)
        {
            _kept.Advance(bytes);
            return;
        }

        client.Response.Passed(_room.Span[..bytes]);
        client.Response.Writer.Advance(bytes);
    }

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_client is null && !_isDropped && _kept.WrittenCount > mostBytes)
            await OutgrowAsync();
        if (_client is { } client)
            _isDropped |= (await client.Response.Writer.FlushAsync(cancellationToken)).IsCompleted || client.ClientGone;
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

    private async ValueTask OutgrowAsync()
    {
        _outgrown.TrySetResult();
        GatewayContext? client = await _taker.Task;
        _isDropped = client is null;
        if (client is null)
            return;
        client.Response.Writer.Write(_kept.WrittenSpan);
        client.Response.Passed(_kept.WrittenSpan);
        _client = client;
    }
}
