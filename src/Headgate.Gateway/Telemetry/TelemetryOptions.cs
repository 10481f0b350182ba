using Headgate.Gateway.Telemetry.AccessLog;

namespace Headgate.Gateway.Telemetry;

/// <summary>What is logged, counted and exported, and where to. Immutable.</summary>
public sealed record TelemetryOptions
{
    /// <summary>The form of the access log. Default: off.</summary>
    public AccessLogFormat AccessLog { get; init; } = AccessLogFormat.Off;

    /// <summary>The file to which the access log is appended; null, the default, for the standard output.</summary>
    public string? AccessLogPath { get; init; }

    /// <summary>Query parameters whose values are redacted in logs and traces, besides the built-in ones and those that documents declare as API keys.</summary>
    public IReadOnlyList<string> RedactedParameters { get; init; } = [];

    /// <summary>The complete address for spans, <c>…/v1/traces</c>; null, the default, for no tracing to a collector.</summary>
    public Uri? OtlpTracesEndpoint { get; init; }

    /// <summary>The complete address for metrics, <c>…/v1/metrics</c>; null, the default, for none.</summary>
    public Uri? OtlpMetricsEndpoint { get; init; }

    /// <summary>The share of traces that begin here and are exported, 0 to 1. Default 1. Of continued traces the client's sampled flag decides.</summary>
    public double TraceSampleRatio { get; init; } = 1;

    /// <summary>
    /// <c>service.name</c> of what is exported. Default <c>headgate</c>; null leaves it to <c>OTEL_SERVICE_NAME</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c>.
    /// </summary>
    public string? ServiceName { get; init; } = "headgate";

    /// <summary>The most operations with counters of their own; further ones are counted together as <c>other</c>. Default 500, at least 1.</summary>
    public int MaxOperations { get; init; } = 500;

    /// <summary>The most services with counters of their own; further ones are counted together as <c>other</c>. Default 100, at least 1.</summary>
    public int MaxServices { get; init; } = 100;
}
