using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Telemetry.Metrics;

namespace Headgate.Gateway.Telemetry.AccessLog;

/// <summary>
/// One line for people: time, client, request line, status, size, duration, operation, upstream with its stages, error and ids. What comes from outside stands in
/// quotes, with the escapes of JSON.
/// </summary>
internal sealed class TextAccessLogFormatter(QueryRedactor redactor) : AccessLogFormatter(redactor)
{
    public override void Write(ref LogLineWriter line, GatewayContext context, in RequestOutcome outcome)
    {
        line.Time(context.Clock.GetUtcNow());
        line.Raw(" "u8);
        line.Text(context.ClientAddress.Text, AccessLogFields.MaxNameBytes);
        WriteRequestLine(ref line, context);
        line.Raw(" "u8);
        line.Number(outcome.Status);
        line.Raw(" "u8);
        line.Number(context.Response.BodyBytes);
        line.Raw("B "u8);
        line.Milliseconds(Microseconds(context, outcome.ElapsedTicks));
        line.Raw("ms"u8);
        WriteNamed(ref line, " api=\""u8, context.Operation?.Api.Name, AccessLogFields.MaxNameBytes);
        WriteNamed(ref line, " operation=\""u8, context.Operation?.Id, AccessLogFields.MaxNameBytes);
        if (context.Instance is { } instance)
            WriteUpstream(ref line, context, instance, outcome.Stages);
        WriteNamed(ref line, " error=\""u8, context.Failure?.Kind.Name, AccessLogFields.MaxNameBytes);
        WriteIds(ref line, context);
        WriteNamed(ref line, " agent=\""u8, context.Request.Headers.UserAgent.ToString(), AccessLogFields.MaxAgentBytes);
        line.Raw("\n"u8);
    }

    private void WriteRequestLine(ref LogLineWriter line, GatewayContext context)
    {
        line.Raw(" \""u8);
        line.Text(context.Request.Method, AccessLogFields.MaxMethodBytes);
        line.Raw(" "u8);
        AccessLogFields.WritePath(ref line, context);
        AccessLogFields.WriteQuery(ref line, AccessLogFields.QueryOf(context), Redactor);
        line.Raw(" "u8);
        line.Text(context.Request.Protocol, AccessLogFields.MaxMethodBytes);
        line.Raw("\""u8);
    }

    private static void WriteUpstream(ref LogLineWriter line, GatewayContext context, UpstreamInstance instance, in StageDurations stages)
    {
        WriteNamed(ref line, " service=\""u8, instance.Service, AccessLogFields.MaxNameBytes);
        WriteNamed(ref line, " address=\""u8, instance.HostHeader, AccessLogFields.MaxNameBytes);
        WriteStage(ref line, " connect="u8, context, stages.Connect);
        WriteStage(ref line, " head="u8, context, stages.Head);
        WriteStage(ref line, " total="u8, context, stages.Total);
    }

    private static void WriteIds(ref LogLineWriter line, GatewayContext context)
    {
        WriteNamed(ref line, " id=\""u8, context.RequestId, AccessLogFields.MaxNameBytes);
        if (!string.Equals(context.CorrelationId, context.RequestId, StringComparison.Ordinal))
            WriteNamed(ref line, " correlation=\""u8, context.CorrelationId, AccessLogFields.MaxNameBytes);
        line.Raw(" trace="u8);
        line.Hex(context.Trace.TraceIdHigh);
        line.Hex(context.Trace.TraceIdLow);
    }

    private static void WriteStage(ref LogLineWriter line, ReadOnlySpan<byte> name, GatewayContext context, long ticks)
    {
        if (ticks < 0)
            return;
        line.Raw(name);
        line.Milliseconds(Microseconds(context, ticks));
        line.Raw("ms"u8);
    }

    private static void WriteNamed(ref LogLineWriter line, ReadOnlySpan<byte> name, string? value, int maxBytes)
    {
        if (string.IsNullOrEmpty(value))
            return;
        line.Raw(name);
        line.Text(value, maxBytes);
        line.Raw("\""u8);
    }
}
