namespace Headgate.Gateway.Telemetry;

/// <summary>
/// The trace context of a request (W3C Trace Context Level 1). A value: lives inside the request's context, no allocation.
/// </summary>
/// <param name="TraceIdHigh">The first eight bytes of the trace id, big-endian.</param>
/// <param name="TraceIdLow">The last eight bytes of the trace id, big-endian.</param>
/// <param name="ParentSpanId">The span id that the client sent; 0 when the trace begins here.</param>
/// <param name="SpanId">The id of Headgate's own span: what upstreams see as their parent.</param>
/// <param name="Sampled">The sampled flag.</param>
public readonly record struct TraceContext(ulong TraceIdHigh, ulong TraceIdLow, ulong ParentSpanId, ulong SpanId, bool Sampled)
{
    /// <summary>The trace id as 32 lower-case hexadecimal digits. Allocates: for error bodies and logs.</summary>
    public string TraceId => string.Create(null, stackalloc char[32], $"{TraceIdHigh:x16}{TraceIdLow:x16}");

    /// <summary>The <c>traceparent</c> of what follows: Headgate's own span is the parent. Allocates.</summary>
    public string ToTraceParent() => string.Create(null, stackalloc char[64], $"00-{TraceIdHigh:x16}{TraceIdLow:x16}-{SpanId:x16}-{(Sampled ? "01" : "00")}");
}
