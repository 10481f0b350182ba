using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Telemetry;

/// <summary>Is told of the beginning and the end of every request, for metrics, the access log and traces. Thread-safe.</summary>
public class RequestRecorder
{
    /// <summary>A request head was parsed.</summary>
    public virtual void OnStarted(GatewayContext context)
    {
    }

    /// <summary>The answer is complete, or broken off.</summary>
    /// <param name="context">The request; its status is the response's, or the failure's when no response was sent.</param>
    /// <param name="endedAt">Timestamp of the end.</param>
    public virtual void OnEnded(GatewayContext context, long endedAt)
    {
    }
}
