using System.Buffers;
using System.Globalization;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Telemetry;

namespace Headgate.Gateway.Policies.TraceContext;

/// <summary>Continues the W3C trace context of a request, or begins one. Source: W3C Trace Context Level 1, §3.2.</summary>
internal static class TraceIdentification
{
    /// <summary>The length of a version 00 <c>traceparent</c>.</summary>
    public const int TraceParentLength = 55;

    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdef");

    public static void Apply(GatewayContext context)
    {
        // A tracer that exports has begun the trace already, with the ids of its own spans.
        if (context.Trace.SpanId != 0)
            return;
        ulong span = NonZero();
        string? sent = context.Request.Headers.TraceParent;
        if (sent is not null && TryParse(sent, out Telemetry.TraceContext parent))
        {
            context.Trace = parent with { SpanId = span };
            return;
        }

        context.Trace = new Telemetry.TraceContext(NonZero(), NonZero(), ParentSpanId: 0, span, Sampled: true);
    }

    /// <summary>Writes the <c>traceparent</c> that upstreams see: Headgate's span as their parent.</summary>
    public static void Format(in Telemetry.TraceContext trace, Span<char> text)
    {
        "00-".CopyTo(text);
        LowerHex.Write(trace.TraceIdHigh, text[3..]);
        LowerHex.Write(trace.TraceIdLow, text[19..]);
        text[35] = '-';
        LowerHex.Write(trace.SpanId, text[36..]);
        (trace.Sampled ? "-01" : "-00").CopyTo(text[52..]);
    }

    /// <summary>Reads a <c>traceparent</c>. A version above 00 is read as far as 00 goes (§3.2.4); anything malformed gives false, and a new trace begins.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Telemetry.TraceContext trace)
    {
        trace = default;
        if (text.Length < TraceParentLength || text[2] != '-' || text[35] != '-' || text[52] != '-'
            || !TryHex(text[..2], out ulong version) || version == 0xFF
            || (version == 0 && text.Length != TraceParentLength)
            || (text.Length > TraceParentLength && text[TraceParentLength] != '-')
            || !TryHex(text.Slice(3, 16), out ulong high) || !TryHex(text.Slice(19, 16), out ulong low)
            || !TryHex(text.Slice(36, 16), out ulong parent) || !TryHex(text.Slice(53, 2), out ulong flags)
            || (high | low) == 0 || parent == 0)
        {
            return false;
        }

        trace = new Telemetry.TraceContext(high, low, parent, SpanId: 0, Sampled: (flags & 1) == 1);
        return true;
    }

    // §3.2: lower-case hexadecimal only.
    private static bool TryHex(ReadOnlySpan<char> digits, out ulong value)
    {
        value = 0;
        return !digits.ContainsAnyExcept(s_hexDigits)
            && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static ulong NonZero() => (ulong)Random.Shared.NextInt64(1, long.MaxValue);
}
