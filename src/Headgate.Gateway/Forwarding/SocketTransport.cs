using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding.Http1;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Sockets;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// Headgate's own HTTP/1.1 client for plain HTTP: the hot path. Pooled connections, completions inline on the sockets' event threads, bytes
/// written and read in place. Thread-safe. Disposing it closes the idle connections.
/// </summary>
internal sealed class SocketTransport : UpstreamTransport, IDisposable
{
    private readonly SocketTransportOptions _options;
    private readonly EventLoopGroup _loops;
    private readonly TimeProvider _time;
    private readonly PoolSweeper _sweeper;

    public SocketTransport(SocketTransportOptions options, EventLoopGroup loops, TimeProvider time)
    {
        _options = options;
        _loops = loops;
        _time = time;
        _sweeper = new PoolSweeper(options.SweepInterval, time);
    }

    public override ValueTask<UpstreamResult> SendAsync(GatewayContext context, UpstreamCall call)
    {
        ConnectionPool pool = call.Instance.Connections ?? MakePool(call.Instance);
        RequestMessage message;
        try
        {
            message = RequestMessage.Create(context, call, pool);
        }
        catch (BadHttpRequestException error)
        {
            return Refused(RequestUpload.KindOf(error));
        }
        catch (IOException)
        {
            return Refused(ErrorCatalogue.ClientClosedRequest);
        }

        if (message.IsRefused)
        {
            message.Release();
            return Refused(ErrorCatalogue.RequestFramingInvalid);
        }

        if (message.Streams || pool.TryTake() is not { } connection)
            return ExchangeAsync(context, call, pool, message, null, HeadParseStatus.Incomplete, isSent: false, isUnanswered: true);

        // A connection from the pool is ready when the call begins: the clock is read once for both.
        Begin(connection, context, call, context.Timings.UpstreamStartedAt);
        return connection.TrySendAtOnce(message.Bytes)
            ? (connection.Exchange ??= new ReusedExchange(this, connection)).WaitForHead(context, call, message)
            : AfterSendAsync(context, call, message, connection);
    }

    /// <summary>Goes on with an exchange on a connection from the pool whose pending receive has ended.</summary>
    public ValueTask<UpstreamResult> ReceiveHead(UpstreamConnection connection, GatewayContext context, in UpstreamCall call, in RequestMessage message)
    {
        HeadParseStatus status = HeadParseStatus.Incomplete;
        bool isUnanswered = true;
        if (connection.ReceiveResult is > 0 and var count)
        {
            isUnanswered = false;
            connection.Append(count);
            status = ExchangeSteps.ParseHead(connection, message, upload: null);
            if (status == HeadParseStatus.Complete)
            {
                context.Timings.UpstreamHeadAt = _time.GetTimestamp();
                ExchangeSteps.Accept(connection, context, call, message, upload: null);
                message.ConsumeBody(context.Request);
                message.Release();
                return new ValueTask<UpstreamResult>(UpstreamResult.Success);
            }

            if (status == HeadParseStatus.Incomplete)
                connection.ReceiveMore();
        }

        return ExchangeAsync(context, call, connection.Pool, message, connection, status, isSent: true, isUnanswered);
    }

    public override void Retire(UpstreamInstance instance)
    {
        if (instance.Connections is not { } pool)
            return;
        _sweeper.Remove(pool);
        pool.Close();
    }

    public void Dispose() => _sweeper.Dispose();

    // Although nothing was sent, another instance would do no better: the fault is the request's.
    private static ValueTask<UpstreamResult> Refused(GatewayErrorKind error) => new(new UpstreamResult(error, MayMoveOn: false));

    private ConnectionPool MakePool(UpstreamInstance instance)
    {
        var made = new ConnectionPool(instance, _options, _loops, _time);
        ConnectionPool pool = instance.UseConnections(made);
        if (ReferenceEquals(pool, made))
            _sweeper.Add(pool);
        return pool;
    }

    private static void Begin(UpstreamConnection connection, GatewayContext context, in UpstreamCall call, long connectedAt)
    {
        context.Timings.UpstreamConnectedAt = connectedAt;
        connection.Begin(context, Math.Min(call.Deadline, StageDeadline.After(call.Timeouts.Headers)));
    }

    private async ValueTask<UpstreamResult> AfterSendAsync(GatewayContext context, UpstreamCall call, RequestMessage message, UpstreamConnection connection)
    {
        // Whether it succeeded or not, the receive tells: an upstream may answer and close before it has read all (RFC 9112 §9.5).
        await connection.SendRestAsync(message.Bytes);
        return await ExchangeAsync(context, call, connection.Pool, message, connection, HeadParseStatus.Incomplete, isSent: true, isUnanswered: true);
    }

    // The general course. It may begin anew, or take over a connection from the pool on which the request is sent.
    private async ValueTask<UpstreamResult> ExchangeAsync(
        GatewayContext context, UpstreamCall call, ConnectionPool pool, RequestMessage message, UpstreamConnection? connection, HeadParseStatus status, bool isSent, bool isUnanswered)
    {
        connection ??= pool.TryTake();
        bool isReused = connection is not null;
        bool sentNothing = !isSent || connection!.HasSentNothing;
        try
        {
            while (true)
            {
                RequestUpload? upload = null;
                if (!isSent)
                {
                    if (connection is null)
                    {
                        TimeSpan timeout = StageDeadline.Left(call.Deadline, call.Timeouts.Connect);
                        ConnectResult made = await UpstreamConnector.ConnectAsync(pool, timeout, _time, context.RequestAborted);
                        if (made.Connection is null)
                            return new UpstreamResult(made.Error, MayMoveOn: sentNothing || !message.HoldsBody);
                        connection = made.Connection;
                    }

                    Begin(connection, context, call, _time.GetTimestamp());
                    if (await connection.SendAsync(message.Bytes) && message.Streams)
                        upload = StartUpload(connection, context, call, message);
                    sentNothing &= connection.HasSentNothing;
                }

                while (status is HeadParseStatus.Incomplete or HeadParseStatus.Interim)
                {
                    if (status == HeadParseStatus.Interim)
                        await InterimResponse.PassOnAsync(connection!, context, message);
                    else if (await connection!.WhenReceived() is > 0 and var count)
                        connection.Append(count);
                    else
                        break;
                    isUnanswered = false;
                    status = ExchangeSteps.ParseHead(connection!, message, upload);
                    if (status == HeadParseStatus.Incomplete)
                        connection!.ReceiveMore();
                }

                if (status == HeadParseStatus.Complete)
                {
                    context.Timings.UpstreamHeadAt = _time.GetTimestamp();
                    ExchangeSteps.Accept(connection!, context, call, message, upload);
                    return UpstreamResult.Success;
                }

                GatewayErrorKind error = HeadFailure.KindOf(connection!, upload, status);
                bool mayRepeat = isReused && isUnanswered && upload is null && connection!.CloseReason == CloseReason.None &&
                    (connection.HasSentNothing || ExchangeSteps.IsIdempotent(call.Method));
                await ExchangeSteps.DropAsync(connection!, upload);
                if (!mayRepeat)
                    return new UpstreamResult(error, MayMoveOn: sentNothing);

                // The connection was closed by the upstream while it was idle, and the request went into the void (RFC 9112 §9.3.1). Once more, on a new one.
                connection = null;
                isReused = isSent = false;
            }
        }
        finally
        {
            if (!sentNothing)
                message.ConsumeBody(context.Request);
            message.Release();
        }
    }

    private RequestUpload StartUpload(UpstreamConnection connection, GatewayContext context, in UpstreamCall call, in RequestMessage message)
    {
        var upload = new RequestUpload(connection, context, call, message);
        upload.Start(_options.ContinueTimeout, _time);
        return upload;
    }
}
