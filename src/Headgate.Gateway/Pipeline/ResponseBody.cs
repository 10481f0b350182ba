namespace Headgate.Gateway.Pipeline;

/// <summary>
/// A response body that is not yet sent: bytes in memory, an upstream's stream, or another body wrapped by a policy.
/// Written once, by the pipeline, after the response phases; disposed in any case. Not thread-safe.
/// </summary>
public abstract class ResponseBody
{
    /// <summary>
    /// Writes the body to the client and completes only when all of it is handed to the transport. A body that breaks off
    /// (upstream reset, timeout) calls <see cref="GatewayContext.Fail"/> and, unless the response <see cref="ClientResponse.IsReplaceable"/>,
    /// <see cref="GatewayContext.AbortClient"/>, so that the client sees an incomplete message, never a complete-looking one. Else an error takes its place.
    /// </summary>
    public abstract ValueTask WriteAsync(GatewayContext context);

    /// <summary>Releases what the body holds (a connection goes back to its pool or is closed). Called once, also when never written.</summary>
    public virtual ValueTask DisposeAsync(GatewayContext context) => ValueTask.CompletedTask;
}
