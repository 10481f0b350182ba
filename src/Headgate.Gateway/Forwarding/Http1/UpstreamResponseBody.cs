using System.Buffers;
using System.Runtime.CompilerServices;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// The body of a response on an upstream connection. One per connection, reused. A body that is whole in the buffer is copied to the
/// client's writer and goes out with the head in one send; others stream as they come.
/// </summary>
internal sealed class UpstreamResponseBody : ResponseBody
{
    // Kestrel copies what is written before the head once more: that is worth it for what fits into a block with the head.
    private const int MostBytesWithHead = 4 * 1024;

    private readonly UpstreamConnection _connection;
    private BodyFraming _framing;
    private TimeSpan _idleTimeout;
    private RequestUpload? _upload;
    private bool _isComplete;
    private bool _isHeld;

    public UpstreamResponseBody(UpstreamConnection connection) => _connection = connection;

    /// <summary>Takes the exchange over once the response head is there.</summary>
    public void Begin(BodyFraming framing, TimeSpan idleTimeout, RequestUpload? upload)
    {
        _framing = framing;
        _idleTimeout = idleTimeout;
        _upload = upload;
        _isComplete = false;
        _isHeld = true;
        _connection.Deadline = StageDeadline.After(idleTimeout);
    }

    public override ValueTask WriteAsync(GatewayContext context)
    {
        switch (_framing)
        {
            case BodyFraming.None:
                break;
            case BodyFraming.Length when _connection.Head.ContentLength <= Math.Min(_connection.ReceivedCount, MostBytesWithHead):
                int length = (int)_connection.Head.ContentLength;
                context.Response.Writer.Write(_connection.Received[..length]);
                context.Response.Passed(_connection.Received[..length]);
                _connection.Consume(length);
                break;
            default:
                return StreamAsync(context);
        }

        // What came with the head was complete when the head was: no second look at the clock.
        return EndAsync(context, context.Timings.UpstreamHeadAt);
    }

    // A body that was never written (a policy answered otherwise, the call is repeated) leaves its bytes on the connection, which is closed then, unless they are all there already.
    public override ValueTask DisposeAsync(GatewayContext context)
    {
        if (!_isHeld)
            return ValueTask.CompletedTask;
        SkipWhatIsWhole();
        return LetGoAsync();
    }

    private void SkipWhatIsWhole()
    {
        if (_isComplete || _framing == BodyFraming.None)
        {
            _isComplete = true;
        }
        else if (_framing == BodyFraming.Length && _connection.Head.ContentLength <= _connection.ReceivedCount)
        {
            _connection.Consume((int)_connection.Head.ContentLength);
            _isComplete = true;
        }
    }

    private ValueTask EndAsync(GatewayContext context, long endedAt)
    {
        _isComplete = true;
        context.Timings.UpstreamEndedAt = endedAt;
        return LetGoAsync();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask StreamAsync(GatewayContext context)
    {
        bool complete = _framing switch
        {
            BodyFraming.Length => await BodyCopy.CopyLengthAsync(_connection, context, _connection.Head.ContentLength, _idleTimeout),
            BodyFraming.Chunked => await BodyCopy.CopyChunkedAsync(_connection, context, _idleTimeout),
            _ => await BodyCopy.CopyUntilCloseAsync(_connection, context, _idleTimeout),
        };
        if (complete)
        {
            await EndAsync(context, _connection.Pool.Time.GetTimestamp());
            return;
        }

        context.Fail(BrokenOff(context, _connection.Pool.Instance.Service));
        if (!context.Response.IsReplaceable)
            context.AbortClient();
        await LetGoAsync();
    }

    private static GatewayFailure BrokenOff(GatewayContext context, string service) => context.ClientGone
        ? new GatewayFailure(ErrorCatalogue.ClientClosedRequest, "The client went away while the response was sent.")
        : new GatewayFailure(ErrorCatalogue.UpstreamBodyIncomplete, "The upstream service's response ended before it was complete.") { Service = service };

    private ValueTask LetGoAsync()
    {
        _isHeld = false;
        if (_upload is { } upload)
        {
            _upload = null;
            return LetGoAsync(upload);
        }

        GiveBack(requestComplete: true);
        return ValueTask.CompletedTask;
    }

    // The response is over. What is left of the request has no reader any more: it is stopped, and with it the connection.
    private async ValueTask LetGoAsync(RequestUpload upload)
    {
        bool requestComplete = upload.IsComplete;
        if (!requestComplete)
            _connection.Close(CloseReason.NotReusable);
        await upload.StopAsync();
        GiveBack(requestComplete && upload.IsComplete);
    }

    private void GiveBack(bool requestComplete)
    {
        // Bytes beyond the response belong to nothing that was asked for: such a connection is out of step.
        bool reusable = _connection.End() && _isComplete && requestComplete && _connection.Head.KeepsAlive &&
            _framing != BodyFraming.UntilClose && _connection.ReceivedCount == 0;
        _connection.Head.Trim();
        if (reusable)
        {
            _connection.Pool.Return(_connection);
            return;
        }

        _connection.Drop(CloseReason.NotReusable);
    }
}
