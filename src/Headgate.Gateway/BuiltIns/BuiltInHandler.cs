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
        if (await RequestBodyReader.ReadAsync(context, MostBodyBytes, "A body of this operation") is not { } body)
            return;
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
}
