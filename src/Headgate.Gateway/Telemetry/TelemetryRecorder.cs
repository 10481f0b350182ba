using Headgate.Gateway.Aggregation;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Telemetry.AccessLog;
using Headgate.Gateway.Telemetry.Metrics;
using Headgate.Gateway.Telemetry.Stalls;
using Headgate.Gateway.Telemetry.Tracing;

namespace Headgate.Gateway.Telemetry;

/// <summary>Counts every request and, where that is switched on, logs and traces it.</summary>
internal sealed class TelemetryRecorder(
    GatewayMetrics metrics, StallWatch stalls, RequestAccessLog? accessLog, RequestTracer? tracer, OtlpMetrics? otlpMetrics) : RequestRecorder
{
    public override void OnStarted(GatewayContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.StallWatch = stalls;
        metrics.Started();
        tracer?.Begin(context);
    }

    public override void OnEnded(GatewayContext context, long endedAt)
    {
        ArgumentNullException.ThrowIfNull(context);
        RequestOutcome outcome = RequestOutcome.Of(context, endedAt, metrics);
        metrics.Ended(context, outcome);
        if (context.Operation?.Api.IsLogged ?? true)
            accessLog?.Write(context, outcome);
        if (context.AskedParts is { } parts)
            RecordCalls(parts);
        tracer?.End(context, outcome);
        otlpMetrics?.Record(outcome);
    }

    /// <summary>Counts a call to a service that is part of no client's request.</summary>
    public void OnOwnCall(GatewayContext call, long endedAt)
    {
        RequestOutcome outcome = RequestOutcome.Of(call, endedAt, metrics);
        GatewayMetrics.CalledService(call, outcome);
        otlpMetrics?.RecordCall(outcome);
    }

    // Each part of an aggregate is a call to a service as any other.
    private void RecordCalls(AggregateRun parts)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            PartRun part = parts[i];
            if (!part.IsCalled)
                continue;
            RequestOutcome outcome = RequestOutcome.Of(part.Context, part.EndedAt, metrics);
            GatewayMetrics.CalledService(part.Context, outcome);
            tracer?.EndCall(part.Context, outcome);
            otlpMetrics?.RecordCall(outcome);
        }
    }
}
