using System.Diagnostics;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Telemetry.Tracing;

/// <summary>The spans of requests that the gateway makes itself on behalf of a client's: each call is a span of its own under the client's request.</summary>
internal static class PartSpans
{
    /// <summary>Begins the span of a call, and names it to the upstream as its parent.</summary>
    /// <param name="part">The request that is made.</param>
    /// <param name="client">The spans of the client's request.</param>
    public static RequestSpans? Begin(GatewayContext part, RequestSpans client)
    {
        // What happens to be current on the thread is another request's.
        Activity.Current = null;
        Activity? span = client.Server.Source.CreateActivity("HTTP", ActivityKind.Client, client.Server.Context)?.Start();
        Activity.Current = null;
        if (span is null)
            return null;
        part.Trace = RequestTracer.ToTrace(span, part.Trace.ParentSpanId);
        return new RequestSpans(client.Server, span);
    }
}
