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
        tracer?.End(context, outcome);
        otlpMetrics?.Record(outcome);
    }
}
