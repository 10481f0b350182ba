using System.IO.Pipelines;
using System.Net.Http.Headers;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding.Http1;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Forwarding.Framework;

/// <summary>The body of the framework's response: flushed as it comes, trailers behind. One per response.</summary>
internal sealed class FrameworkResponseBody(HttpResponseMessage response, CallClock clock, UpstreamCall call, bool isHead) : ResponseBody
{
    private const int BufferBytes = 32 * 1024;

    public override async ValueTask WriteAsync(GatewayContext context)
    {
        if (!FrameworkResponse.HasBody((int)response.StatusCode, isHead ? "HEAD" : ""))
            return;
        try
        {
            if (await CopyAsync(context))
            {
                context.Timings.UpstreamEndedAt = context.Clock.GetTimestamp();
                return;
            }

            context.Fail(UpstreamFailures.ClientGone);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            context.Fail(context.ClientGone
                ? UpstreamFailures.ClientGone
                : UpstreamFailures.Of(ErrorCatalogue.UpstreamBodyIncomplete, call.Instance.Service));
        }

        if (!context.Response.IsReplaceable)
            context.AbortClient();
    }

    public override async ValueTask DisposeAsync(GatewayContext context)
    {
        response.RequestMessage?.Dispose();
        response.Dispose();
        await clock.DisposeAsync();
    }

    // False when the client takes no more.
    private async ValueTask<bool> CopyAsync(GatewayContext context)
    {
        PipeWriter writer = context.Response.Writer;
        var chunks = new ChunkedWriter(context);
        bool framed = response.Content.Headers.NonValidated.Contains("Content-Length") is false;
        byte[] buffer = new byte[BufferBytes];
        await using Stream body = await response.Content.ReadAsStreamAsync(clock.Token);
        while (true)
        {
            ValueTask<int> reading = body.ReadAsync(buffer, clock.Token);

            // The head goes out as soon as there is something to wait for; an answer that has broken off by then is still an error answer.
            if (!context.Response.HasStarted && !reading.IsCompleted && !await FlushAsync(writer))
                return false;
            int count = await reading;
            clock.Progress();
            if (count == 0)
                break;
            if (framed)
            {
                chunks.WriteData(buffer.AsSpan(0, count));
            }
            else
            {
                buffer.AsSpan(0, count).CopyTo(writer.GetSpan(count));
                writer.Advance(count);
                context.Response.Passed(buffer.AsSpan(0, count));
            }

            if (!await FlushAsync(writer))
                return false;
        }

        if (framed)
            WriteEnd(chunks);
        return await FlushAsync(writer);
    }

    private void WriteEnd(ChunkedWriter chunks)
    {
        chunks.BeginEnd();
        foreach ((string name, HeaderStringValues values) in response.TrailingHeaders.NonValidated)
        {
            foreach (string value in values)
                chunks.WriteTrailer(name, value);
        }

        chunks.End();
    }

    private async ValueTask<bool> FlushAsync(PipeWriter writer)
    {
        FlushResult result = await writer.FlushAsync(clock.Token);
        clock.Progress();
        return !result.IsCompleted;
    }
}
