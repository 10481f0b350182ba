using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Cache.Memory;

namespace Headgate.Gateway.Policies.Cache;

/// <summary>
/// The body of an answer from memory, or a range of it, also while it is still coming. What is there is written without a wait; of a large body no more lies between memory and
/// client than one flush. One per context, reused; holds the stored body until the request ends.
/// </summary>
internal sealed class CachedBody : ResponseBody
{
    private const int FlushBytes = 64 * 1024;

    private StoredBody? _body;
    private BodyReader? _reader;
    private long _position;
    private long _end;

    /// <summary>Takes over the hold on a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="reader">The reader that was counted in; null for a body that is complete.</param>
    /// <param name="start">The first byte that is given.</param>
    /// <param name="length">How many are; null for all that come.</param>
    public void Begin(StoredBody body, BodyReader? reader, long start, long? length) =>
        (_body, _reader, _position, _end) = (body, reader, start, length is { } count ? start + count : long.MaxValue);

    public override ValueTask WriteAsync(GatewayContext context)
    {
        StoredBody body = _body!;
        if (_reader is not null || Math.Min(_end, body.Length) - _position > FlushBytes)
            return StreamAsync(context, body);
        CopyTo(context, body, FlushBytes);
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync(GatewayContext context)
    {
        if (_body is not { } body)
            return ValueTask.CompletedTask;
        if (_reader is { } reader)
            body.Leave(reader);
        (_body, _reader) = (null, null);
        body.LetGo();
        return ValueTask.CompletedTask;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask StreamAsync(GatewayContext context, StoredBody body)
    {
        while (true)
        {
            // Read before the bytes are: once it says that nothing more comes, all that came is there.
            BodyState state = body.State;
            bool hasMore = CopyTo(context, body, FlushBytes);
            if (_position >= _end || (!hasMore && state == BodyState.Complete))
                break;
            if (!hasMore && state == BodyState.BrokenOff)
            {
                BreakOff(context, body);
                return;
            }

            FlushResult flushed = await context.Response.Writer.FlushAsync();
            if (_reader is { } reader)
                body.Advance(reader, _position);
            if (flushed.IsCompleted || context.ClientGone || (!hasMore && !await IsMoreAsync(context, body)))
            {
                context.Fail(new GatewayFailure(ErrorCatalogue.ClientClosedRequest, "The client went away while the response was sent."));
                context.AbortClient();
                return;
            }
        }

        if (context.Instance is not null && body.EndedAt > 0)
            context.Timings.UpstreamEndedAt = body.EndedAt;
        if (context.Response.HasStarted)
            await context.Response.Writer.FlushAsync();
    }

    // Waits for more, or for the end; false when the client is gone meanwhile. A part of an aggregate is gone when it took too long.
    private async ValueTask<bool> IsMoreAsync(GatewayContext context, StoredBody body)
    {
        Task more = body.WhenBeyond(_position);
        if (!more.IsCompleted)
            await more.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return more.IsCompleted;
    }

    // Whether the bound stopped it, and not what there is.
    private bool CopyTo(GatewayContext context, StoredBody body, int most)
    {
        PipeWriter writer = context.Response.Writer;
        int copied = 0;
        while (copied < most && _position < _end)
        {
            ReadOnlySpan<byte> part = body.PeekAt(_position).Span;
            if (part.IsEmpty)
                return false;
            part = part[..(int)Math.Min(part.Length, _end - _position)];
            writer.Write(part);
            context.Response.Passed(part);
            _position += part.Length;
            copied += part.Length;
        }

        return true;
    }

    private static void BreakOff(GatewayContext context, StoredBody body)
    {
        if (body.Fault is { } fault)
            ExceptionDispatchInfo.Throw(fault);
        context.Fail(new GatewayFailure(ErrorCatalogue.UpstreamBodyIncomplete, "The upstream service's response ended before it was complete."));
        if (!context.Response.IsReplaceable)
            context.AbortClient();
    }
}
