using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Headgate.Gateway.Errors;

namespace Headgate.Gateway.Pipeline;

/// <summary>Takes a whole request body into memory, for those who need that. Stateless, thread-safe.</summary>
public static class RequestBodyReader
{
    private const int UsualBytes = 1024;

    // Room for what is only declared is made as it comes.
    private const int MostTrustedBytes = 16 * 1024;

    /// <summary>Reads the body to its end; an empty one where the request has none.</summary>
    /// <param name="context">The request.</param>
    /// <param name="mostBytes">The bound.</param>
    /// <param name="what">What has the bound, to be told: "A body of this operation".</param>
    /// <returns>Null when it is larger, or all requests together would hold too much: the request has failed then, with 413 or 503.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(GatewayContext context, long mostBytes, string what)
    {
        ArgumentNullException.ThrowIfNull(context);
        ClientRequest request = context.Request;
        if (!request.HasBody)
            return default(ReadOnlyMemory<byte>);
        if (request.ContentLength > mostBytes)
            return Refuse(context, TooLarge(mostBytes, what));
        PipeReader reader = request.Body;
        var body = new ArrayBufferWriter<byte>((int)Math.Clamp(request.ContentLength ?? UsualBytes, 1, Math.Min(mostBytes, MostTrustedBytes)));
        while (true)
        {
            ReadResult result = await reader.ReadAsync();
            GatewayFailure? refusal = body.WrittenCount + result.Buffer.Length > mostBytes ? TooLarge(mostBytes, what)
                : context.TryHold(result.Buffer.Length) ? null
                : GatewayContext.BodiesFull;
            if (refusal is null)
            {
                foreach (ReadOnlyMemory<byte> part in result.Buffer)
                    body.Write(part.Span);
            }

            reader.AdvanceTo(result.Buffer.End);
            if (refusal is not null)
                return Refuse(context, refusal);
            if (result.IsCompleted)
                return body.WrittenMemory;
        }
    }

    private static GatewayFailure TooLarge(long mostBytes, string what) => new(ErrorCatalogue.RequestBodyTooLarge, $"{what} may have {mostBytes} bytes at most.");

    private static ReadOnlyMemory<byte>? Refuse(GatewayContext context, GatewayFailure failure)
    {
        context.Fail(failure);
        return null;
    }
}
