using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Telemetry.Metrics;

namespace Headgate.Gateway.Telemetry.AccessLog;

/// <summary>One JSON object per line. A field that does not apply is left out. The fields stand in <c>docs/reference/access-log.md</c>.</summary>
internal sealed class JsonAccessLogFormatter(QueryRedactor redactor) : AccessLogFormatter(redactor)
{
    public override void Write(ref LogLineWriter line, GatewayContext context, in RequestOutcome outcome)
    {
        WriteIds(ref line, context);
        WriteRequest(ref line, context);
        WriteAnswer(ref line, context, outcome);
        if (context.Instance is { } instance)
            WriteUpstream(ref line, context, instance, outcome.Stages);
        WriteText(ref line, ",\"userAgent\":\""u8, context.Request.Headers.UserAgent.ToString(), AccessLogFields.MaxAgentBytes);
        line.Raw("}\n"u8);
    }

    private static void WriteIds(ref LogLineWriter line, GatewayContext context)
    {
        line.Raw("{\"time\":\""u8);
        line.Time(context.Clock.GetUtcNow());
        line.Raw("\",\"requestId\":\""u8);
        line.Text(context.RequestId, AccessLogFields.MaxNameBytes);
        line.Raw("\""u8);
        WriteText(ref line, ",\"correlationId\":\""u8, context.CorrelationId, AccessLogFields.MaxNameBytes);
        line.Raw(",\"traceId\":\""u8);
        line.Hex(context.Trace.TraceIdHigh);
        line.Hex(context.Trace.TraceIdLow);
        line.Raw("\",\"client\":\""u8);
        line.Text(context.ClientAddress.Text, AccessLogFields.MaxNameBytes);
        line.Raw("\""u8);
    }

    private void WriteRequest(ref LogLineWriter line, GatewayContext context)
    {
        WriteText(ref line, ",\"method\":\""u8, context.Request.Method, AccessLogFields.MaxMethodBytes);
        line.Raw(",\"path\":\""u8);
        AccessLogFields.WritePath(ref line, context);
        line.Raw("\""u8);
        ReadOnlySpan<char> query = AccessLogFields.QueryOf(context);
        if (query.Length > 1)
        {
            line.Raw(",\"query\":\""u8);
            AccessLogFields.WriteQuery(ref line, query[1..], Redactor);
            line.Raw("\""u8);
        }

        WriteText(ref line, ",\"protocol\":\""u8, context.Request.Protocol, AccessLogFields.MaxMethodBytes);
        WriteText(ref line, ",\"api\":\""u8, context.Operation?.Api.Name, AccessLogFields.MaxNameBytes);
        WriteText(ref line, ",\"operation\":\""u8, context.Operation?.Id, AccessLogFields.MaxNameBytes);
    }

    private static void WriteAnswer(ref LogLineWriter line, GatewayContext context, in RequestOutcome outcome)
    {
        line.Raw(",\"status\":"u8);
        line.Number(outcome.Status);
        WriteText(ref line, ",\"error\":\""u8, context.Failure?.Kind.Name, AccessLogFields.MaxNameBytes);
        line.Raw(",\"bytes\":"u8);
        line.Number(context.Response.BodyBytes);
        line.Raw(",\"durationMs\":"u8);
        line.Milliseconds(Microseconds(context, outcome.ElapsedTicks));
    }

    private static void WriteUpstream(ref LogLineWriter line, GatewayContext context, UpstreamInstance instance, in StageDurations stages)
    {
        WriteText(ref line, ",\"upstream\":{\"service\":\""u8, instance.Service, AccessLogFields.MaxNameBytes);
        WriteText(ref line, ",\"address\":\""u8, instance.HostHeader, AccessLogFields.MaxNameBytes);
        WriteStage(ref line, ",\"connectMs\":"u8, context, stages.Connect);
        WriteStage(ref line, ",\"headMs\":"u8, context, stages.Head);
        WriteStage(ref line, ",\"totalMs\":"u8, context, stages.Total);
        line.Raw("}"u8);
    }

    private static void WriteStage(ref LogLineWriter line, ReadOnlySpan<byte> name, GatewayContext context, long ticks)
    {
        if (ticks < 0)
            return;
        line.Raw(name);
        line.Milliseconds(Microseconds(context, ticks));
    }

    private static void WriteText(ref LogLineWriter line, ReadOnlySpan<byte> name, string? value, int maxBytes)
    {
        if (string.IsNullOrEmpty(value))
            return;
        line.Raw(name);
        line.Text(value, maxBytes);
        line.Raw("\""u8);
    }
}
