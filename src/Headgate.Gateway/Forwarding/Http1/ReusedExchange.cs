using System.Threading.Tasks.Sources;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// The common course of an exchange without any allocation: a request that is one send, on a connection from the pool, whose response head is one receive.
/// One per connection, reused; whatever goes another way is handed to <see cref="SocketTransport"/>'s general course.
/// </summary>
internal sealed class ReusedExchange : IValueTaskSource<UpstreamResult>
{
    private static readonly Action<object?> Received = static state => ((ReusedExchange)state!).OnReceived();

    private readonly SocketTransport _transport;
    private readonly UpstreamConnection _connection;
    private ManualResetValueTaskSourceCore<UpstreamResult> _result;
    private GatewayContext? _context;
    private UpstreamCall _call;
    private RequestMessage _message;

    public ReusedExchange(SocketTransport transport, UpstreamConnection connection)
    {
        _transport = transport;
        _connection = connection;
    }

    /// <summary>Starts; the request is sent and not yet answered.</summary>
    public ValueTask<UpstreamResult> WaitForHead(GatewayContext context, in UpstreamCall call, in RequestMessage message)
    {
        _result.Reset();
        _context = context;
        _call = call;
        _message = message;
        short version = _result.Version;
        _connection.OnReceived(Received, this);
        return new ValueTask<UpstreamResult>(this, version);
    }

    public UpstreamResult GetResult(short token) => _result.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _result.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _result.OnCompleted(continuation, state, token, flags);

    // Nothing may be touched after the result is set: the connection may serve another exchange by then.
    private void OnReceived()
    {
        GatewayContext context = _context!;
        ValueTask<UpstreamResult> outcome = _transport.ReceiveHead(_connection, context, _call, _message);
        _context = null;
        if (outcome.IsCompletedSuccessfully)
            _result.SetResult(outcome.Result);
        else
            _ = FinishAsync(outcome);
    }

    // Owned by whoever awaits the result: an exception, which would be a bug, goes there too.
    private async Task FinishAsync(ValueTask<UpstreamResult> outcome)
    {
        UpstreamResult result;
        try
        {
            result = await outcome;
        }
        catch (Exception error)
        {
            _result.SetException(error);
            return;
        }

        _result.SetResult(result);
    }
}
