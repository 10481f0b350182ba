using System.Runtime.CompilerServices;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding.Http1;
using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// Headgate's own HTTP/1.1 client for plain HTTP: the hot path. Pooled connections, completions inline on the sockets' event threads, bytes
/// written and read in place. Thread-safe. Disposing it closes the idle connections.
/// </summary>
internal sealed class SocketTransport : UpstreamTransport, IDisposable
{
    private readonly SocketTransportOptions _options;
    private readonly TimeProvider _time;
    private readonly PoolSweeper _sweeper;

    public SocketTransport(SocketTransportOptions options, TimeProvider time)
    {
        _options = options;
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

        return ExchangeAsync(context, call, pool, message);
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
        var made = new ConnectionPool(instance, _options, _time);
        ConnectionPool pool = instance.UseConnections(made);
        if (ReferenceEquals(pool, made))
            _sweeper.Add(pool);
        return pool;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<UpstreamResult> ExchangeAsync(GatewayContext context, UpstreamCall call, ConnectionPool pool, RequestMessage message)
    {
        UpstreamConnection? connection = pool.TryTake();
        bool isReused = connection is not null;
        bool sentNothing = true;
        try
        {
            while (true)
            {
                if (connection is null)
                {
                    TimeSpan timeout = StageDeadline.Left(call.Deadline, call.Timeouts.Connect);
                    ConnectResult made = await UpstreamConnector.ConnectAsync(pool, timeout, _time, context.RequestAborted);
                    if (made.Connection is null)
                        return new UpstreamResult(made.Error, MayMoveOn: sentNothing || !message.HoldsBody);
                    connection = made.Connection;
                }

                context.Timings.UpstreamConnectedAt = _time.GetTimestamp();
                connection.Begin(context, Math.Min(call.Deadline, StageDeadline.After(call.Timeouts.Headers)));
                bool sent = await connection.SendAsync(message.Bytes);
                sentNothing &= connection.HasSentNothing;
                RequestUpload? upload = sent && message.Streams ? StartUpload(connection, context, call, message) : null;

                // Also after a failed send: an upstream may answer and close before it has read all (RFC 9112 §9.5).
                HeadParseStatus status = HeadParseStatus.Incomplete;
                bool isUnanswered = true;
                while (status == HeadParseStatus.Incomplete && await connection.WhenReceived() is > 0 and var count)
                {
                    isUnanswered = false;
                    connection.Append(count);
                    status = ParseHead(connection, message, upload);
                    if (status == HeadParseStatus.Incomplete)
                        connection.ReceiveMore();
                }

                if (status == HeadParseStatus.Complete)
                {
                    context.Timings.UpstreamHeadAt = _time.GetTimestamp();
                    Accept(connection, context, call, message, upload);
                    return UpstreamResult.Success;
                }

                GatewayErrorKind error = HeadFailure.KindOf(connection, upload, status);
                bool mayRepeat = isReused && isUnanswered && upload is null && connection.CloseReason == CloseReason.None &&
                    (connection.HasSentNothing || IsIdempotent(call.Method));
                await DropAsync(connection, upload);
                if (!mayRepeat)
                    return new UpstreamResult(error, MayMoveOn: sentNothing);

                // The connection was closed by the upstream while it was idle, and the request went into the void (RFC 9112 §9.3.1). Once more, on a new one.
                connection = null;
                isReused = false;
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

    // RFC 9110 §15.2: interim responses precede the final one; 101 is final for HTTP and comes only where it was asked for.
    private static HeadParseStatus ParseHead(UpstreamConnection connection, in RequestMessage message, RequestUpload? upload)
    {
        while (true)
        {
            ResponseHead head = connection.Head;
            HeadParseStatus status = head.Parse(connection.Received);
            if (status != HeadParseStatus.Complete || head.Status >= StatusCodes.Status200OK)
                return status;
            if (head.Status == StatusCodes.Status101SwitchingProtocols)
                return message.WantsUpgrade ? status : HeadParseStatus.Invalid;
            connection.Consume(head.Length);
            if (head.Status == StatusCodes.Status100Continue)
                upload?.Permit(responseBegun: false);
        }
    }

    private static void Accept(UpstreamConnection connection, GatewayContext context, in UpstreamCall call, in RequestMessage message, RequestUpload? upload)
    {
        ResponseHead head = connection.Head;
        BodyFraming framing = head.FramingFor(call.Method == HttpMethods.Head);
        connection.Consume(head.Length);
        ResponseHeadWriter.Apply(head, context, framing);
        if (head.Status == StatusCodes.Status101SwitchingProtocols)
        {
            UpgradeRequest.Accept(context);
            context.Response.Body = new UpgradedBody(connection, call.Timeouts.Idle);
            return;
        }

        upload?.Permit(responseBegun: true);
        connection.Body.Begin(framing, call.Timeouts.Idle, upload);
        context.Response.Body = connection.Body;
    }

    private static async ValueTask DropAsync(UpstreamConnection connection, RequestUpload? upload)
    {
        connection.Close(CloseReason.NotReusable);
        if (upload is not null)
            await upload.StopAsync();
        connection.End();
        connection.Release();
    }

    // RFC 9110 §9.2.2.
    private static bool IsIdempotent(string method) => method is "GET" or "HEAD" or "OPTIONS" or "PUT" or "DELETE" or "TRACE";
}
