using System.IO.Pipelines;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.Compression;

/// <summary>A body that is compressed on its way to the client. Trailers are left out: they tell of the bytes as they were.</summary>
/// <param name="inner">The body.</param>
/// <param name="coding">The coding that the answer's head names.</param>
/// <param name="load">Whose place it holds.</param>
internal sealed class CompressedBody(ResponseBody inner, ContentCoding coding, CompressionLoad load) : ResponseBody
{
    public override async ValueTask WriteAsync(GatewayContext context)
    {
        ClientResponse response = context.Response;
        PipeWriter? outer = response.Captured;
        using var writer = new CompressingWriter(coding, response.Writer, load);
        response.Captured = writer;
        await inner.WriteAsync(context);
        response.Captured = outer;
        if (context.Failure is not null)
        {
            BreakOff(context);
            return;
        }

        await writer.EndAsync();
        response.BodyBytes = writer.Written;

        // What follows an earlier flush is not flushed with the end of the request.
        if (response.HasStarted)
            await response.Writer.FlushAsync();
    }

    public override async ValueTask DisposeAsync(GatewayContext context)
    {
        load.End();
        await inner.DisposeAsync(context);
    }

    // The body has failed, and broken nothing off, since it saw no client: either nothing went out, and an error takes its place, or the client sees a part.
    private static void BreakOff(GatewayContext context)
    {
        context.Response.BodyBytes = 0;
        if (context.Response.HasStarted)
            context.AbortClient();
    }
}
