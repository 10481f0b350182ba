using System.IO.Pipelines;
using System.Net;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding.Http1;
using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Forwarding.Framework;

/// <summary>The client's body as content of the framework's message: read when it is sent, never before.</summary>
internal sealed class ClientBodyContent(GatewayContext context, CallClock clock) : HttpContent
{
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether a byte of the body was asked for: then the request cannot be sent a second time.</summary>
    public bool IsBegun { get; private set; }

    /// <summary>What was wrong with the client's body; null when nothing was.</summary>
    public GatewayErrorKind? ClientError { get; private set; }

    /// <summary>Whether a timeout that passes now is the client's fault.</summary>
    public bool WaitsForClient { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? transport, CancellationToken cancellationToken)
    {
        if (IsBegun)
            throw new IOException("The body of the request was sent before.");
        IsBegun = true;
        try
        {
            await CopyAsync(context.Request.Body, stream, cancellationToken);
            clock.RequestSent();
        }
        finally
        {
            _letGo.TrySetResult();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = context.Request.ContentLength ?? 0;
        return context.Request.ContentLength is not null;
    }

    /// <summary>Waits until the client's body is read no longer, so that another try may read it. Only after the call's clock has ended: nothing is waited for then.</summary>
    public Task WhenLetGoAsync() => IsBegun ? _letGo.Task : Task.CompletedTask;

    private ReadResult Received(ReadResult result)
    {
        WaitsForClient = false;
        return result;
    }

    private async Task CopyAsync(PipeReader body, Stream stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result = await ReadAsync(body, stream, cancellationToken);
            try
            {
                foreach (ReadOnlyMemory<byte> segment in result.Buffer)
                    await stream.WriteAsync(segment, cancellationToken);
            }
            finally
            {
                body.AdvanceTo(result.Buffer.End);
            }

            clock.Progress();
            if (result.IsCompleted)
                return;
        }
    }

    private async ValueTask<ReadResult> ReadAsync(PipeReader body, Stream stream, CancellationToken cancellationToken)
    {
        WaitsForClient = true;
        try
        {
            if (body.TryRead(out ReadResult arrived))
                return Received(arrived);

            // The client may wait for an answer to what it sent so far, be it the head alone (gRPC).
            await stream.FlushAsync(cancellationToken);
            ReadResult result = await body.ReadAsync(cancellationToken);
            return Received(result);
        }
        catch (BadHttpRequestException error)
        {
            ClientError = RequestUpload.KindOf(error);
            throw;
        }
        catch (IOException)
        {
            ClientError = ErrorCatalogue.ClientClosedRequest;
            throw;
        }
    }
}
