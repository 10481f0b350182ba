using System.Buffers.Binary;
using System.Diagnostics;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.TraceContext;

namespace Headgate.Gateway.Telemetry.Tracing;

/// <summary>
/// Makes the spans of a request: one of kind server, and one of kind client for the call to an upstream. Exists only while spans are exported, so that
/// requests pay nothing otherwise. Thread-safe.
/// </summary>
internal sealed class RequestTracer(QueryRedactor redactor) : IDisposable
{
    /// <summary>The name of the source of all spans.</summary>
    public const string SourceName = "Headgate.Gateway";

    private readonly ActivitySource _source = new(SourceName);

    /// <summary>
    /// Begins the trace of a request whose head was parsed, or continues the client's. The sampler of the provider decides: a client's sampled flag is honoured.
    /// </summary>
    public void Begin(GatewayContext context)
    {
        string? sent = context.Request.Headers.TraceParent;
        TraceContext parent = default;
        ActivityContext parentContext = sent is not null && TraceIdentification.TryParse(sent, out parent) ? ToActivityContext(parent) : default;

        // Without this a span left over on the thread would become the parent of a trace that begins here.
        Activity.Current = null;
        Activity? server = _source.CreateActivity("HTTP", ActivityKind.Server, parentContext)?.Start();
        if (server is null)
            return;
        Activity? client = server.Recorded ? _source.CreateActivity("HTTP", ActivityKind.Client, server.Context)?.Start() : null;
        Activity.Current = null;
        if (client is not null)
            context.Spans = new RequestSpans(server, client);
        context.Trace = ToTrace(client ?? server, parent.ParentSpanId);
    }

    /// <summary>Completes and exports the spans of a request that ended.</summary>
    public void End(GatewayContext context, in RequestOutcome outcome)
    {
        if (context.Spans is not { } spans)
            return;
        DateTime endedAt = context.Clock.GetUtcNow().UtcDateTime;
        EndCall(context, outcome);
        SpanAttributes.DescribeRequest(spans.Server, context, outcome, redactor);
        Stop(spans.Server, context.Timings.StartedAt, outcome.ElapsedTicks, context, outcome, endedAt);
        Activity.Current = null;
    }

    /// <summary>Completes and exports the span of a call to a service, where there was one.</summary>
    public void EndCall(GatewayContext context, in RequestOutcome outcome)
    {
        if (context.Spans is not { Call: { } call } spans)
            return;
        SpanAttributes.DescribeCall(spans.Client, context, outcome, call, redactor);
        Stop(spans.Client, context.Timings.UpstreamStartedAt, outcome.Stages.Total, context, outcome, context.Clock.GetUtcNow().UtcDateTime - context.Clock.GetElapsedTime(outcome.EndedAt));
    }

    public void Dispose() => _source.Dispose();

    private static void Stop(Activity span, long startedAt, long ticks, GatewayContext context, in RequestOutcome outcome, DateTime endedAt)
    {
        DateTime start = endedAt - context.Clock.GetElapsedTime(startedAt, outcome.EndedAt);
        span.SetStartTime(start);
        span.SetEndTime(start + context.Clock.GetElapsedTime(0, ticks));
        span.Stop();
    }

    private static ActivityContext ToActivityContext(in TraceContext parent) => ContextOf(parent.TraceIdHigh, parent.TraceIdLow, parent.ParentSpanId, parent.Sampled);

    /// <summary>A span elsewhere, as the parent of another.</summary>
    internal static ActivityContext ContextOf(ulong traceIdHigh, ulong traceIdLow, ulong spanId, bool sampled)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, traceIdHigh);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], traceIdLow);
        ActivityTraceId traceId = ActivityTraceId.CreateFromBytes(bytes);
        BinaryPrimitives.WriteUInt64BigEndian(bytes, spanId);
        ActivityTraceFlags flags = sampled ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None;
        return new ActivityContext(traceId, ActivitySpanId.CreateFromBytes(bytes[..8]), flags, traceState: null, isRemote: true);
    }

    internal static TraceContext ToTrace(Activity span, ulong parentSpanId)
    {
        Span<byte> bytes = stackalloc byte[16];
        span.TraceId.CopyTo(bytes);
        ulong high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        ulong low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        span.SpanId.CopyTo(bytes[..8]);
        return new TraceContext(high, low, parentSpanId, BinaryPrimitives.ReadUInt64BigEndian(bytes), span.Recorded);
    }
}
