using System.Buffers;
using System.IO.Pipelines;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Storage;

namespace Headgate.Gateway.BuiltIns;

/// <summary>Has an operation of Headgate's own answer: reads the body, within the bound that the size limits have put on it, and hands both over.</summary>
internal sealed class BuiltInHandler(BuiltInOperation operation, string what) : GatewayHandler
{
    /// <summary>The largest body that an operation of Headgate's own may take: it is held in memory.</summary>
    public const int MostBodyBytes = 1024 * 1024;

    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(5);

    public override string Name => "built-in";

    public override string Describe() => $"Headgate itself: {what}";

    public override async ValueTask HandleAsync(GatewayContext context)
    {
        ReadOnlyMemory<byte> body = context.Request.HasBody ? await ReadAsync(context.Request.Body) : default;
        try
        {
            await operation(context, body);
        }
        catch (StoreException exception) when (exception.Problem.Kind is not (StoreErrorKind.Statement or StoreErrorKind.Constraint))
        {
            // The store's own log has the reason, which is not for clients: it names files and servers.
            context.Fail(new GatewayFailure(ErrorCatalogue.StoreUnavailable, "What the answer needs cannot be read or kept at the moment.") { RetryAfter = s_retryAfter });
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(PipeReader reader)
    {
        while (true)
        {
            ReadResult result = await reader.ReadAsync();
            if (!result.IsCompleted)
            {
                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                continue;
            }

            byte[] body = result.Buffer.ToArray();
            reader.AdvanceTo(result.Buffer.End);
            return body;
        }
    }
}
