using System.Buffers;

namespace Headgate.Gateway.Pipeline;

/// <summary>A body that is in memory already: errors, static answers.</summary>
/// <param name="bytes">The body; the owner sets <c>Content-Length</c> to its length.</param>
public sealed class BytesBody(ReadOnlyMemory<byte> bytes) : ResponseBody
{
    /// <inheritdoc/>
    public override ValueTask WriteAsync(GatewayContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Writer.Write(bytes.Span);
        context.Response.Passed(bytes.Span);
        return ValueTask.CompletedTask;
    }
}
