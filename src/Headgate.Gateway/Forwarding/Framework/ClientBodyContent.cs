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
        PipeReader body = context.Request.Body;
        while (true)
        {
            ReadResult result = await ReadAsync(body, stream, cancellationToken);
            foreach (ReadOnlyMemory<byte> segment in result.Buffer)
                await stream.WriteAsync(segment, cancellationToken);
            body.AdvanceTo(result.Buffer.End);
            clock.Progress();
            if (result.IsCompleted)
                break;
        }

        clock.RequestSent();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = context.Request.ContentLength ?? 0;
        return context.Request.ContentLength is not null;
    }

    private ReadResult Received(ReadResult result)
    {
        WaitsForClient = false;
        return result;
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
        }    }
}
