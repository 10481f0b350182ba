using System.Diagnostics;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Telemetry.Tracing;

namespace Headgate.Gateway.Calls;

/// <summary>The spans of calls that go on without their client: children of the request's span, however much later, in whichever process. Thread-safe.</summary>
public static class CallSpan
{
    private static readonly ActivitySource s_source = new(RequestTracer.SourceName);

    /// <summary>Begins a span and names it to the service as its parent. Ended by disposing it.</summary>
    /// <param name="context">The context of which calls are made.</param>
    /// <param name="parent">The trace of the request, with Headgate's own span of it.</param>
    /// <param name="name">What is done.</param>
    /// <returns>Null where nobody collects spans: the request's span is the parent then.</returns>
    public static Activity? Begin(GatewayContext context, in TraceContext parent, string name)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Trace = parent;
        if (!s_source.HasListeners())
            return null;

        // What happens to be current on the thread is another request's.
        Activity.Current = null;
        Activity? span = s_source.CreateActivity(name, ActivityKind.Client, RequestTracer.ContextOf(parent.TraceIdHigh, parent.TraceIdLow, parent.SpanId, parent.Sampled))?.Start();
        Activity.Current = null;
        if (span is not null)
            context.Trace = RequestTracer.ToTrace(span, parent.ParentSpanId);
        return span;
    }
}
