using Headgate.Gateway.Telemetry.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Headgate.Gateway.Telemetry.Tracing;

/// <summary>The exporters of spans and metrics over OTLP (HTTP with protobuf), as far as the options ask for them.</summary>
internal sealed class OtlpExport : IDisposable
{
    private const int FlushMilliseconds = 5000;

    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    public OtlpExport(TelemetryOptions options, QueryRedactor redactor, IEnumerable<MetricFamily> families, LatencyBuckets latency)
    {
        ResourceBuilder resource = ResourceBuilder.CreateDefault();
        if (options.ServiceName is { } name)
            resource.AddService(name, serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString(3));
        if (options.OtlpTracesEndpoint is { } traces)
        {
            Tracer = new RequestTracer(redactor);
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TraceSampleRatio)))
                .AddSource(RequestTracer.SourceName)
                .AddOtlpExporter(exporter => Configure(exporter, traces))
                .Build();
        }

        if (options.OtlpMetricsEndpoint is { } metrics)
        {
            Metrics = new OtlpMetrics(families, latency);
            _metrics = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter(OtlpMetrics.MeterName)
                .AddOtlpExporter(exporter => Configure(exporter, metrics))
                .Build();
        }
    }

    /// <summary>Makes spans; null when none are exported.</summary>
    public RequestTracer? Tracer { get; }

    /// <summary>Records latencies; null when no metrics are exported.</summary>
    public OtlpMetrics? Metrics { get; }

    /// <summary>Sends what has gathered, now.</summary>
    public void Flush()
    {
        _traces?.ForceFlush(FlushMilliseconds);
        _metrics?.ForceFlush(FlushMilliseconds);
    }

    public void Dispose()
    {
        Flush();
        _traces?.Dispose();
        _metrics?.Dispose();
        Tracer?.Dispose();
        Metrics?.Dispose();
    }

    // With the endpoint set in code the exporter appends nothing to it: it is the complete address.
    private static void Configure(OtlpExporterOptions exporter, Uri endpoint)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = endpoint;
    }
}
