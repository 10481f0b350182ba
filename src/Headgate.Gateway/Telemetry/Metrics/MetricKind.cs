namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>How a metric behaves, in the terms of the Prometheus text format.</summary>
public enum MetricKind
{
    /// <summary>Only grows, until the process or the series ends.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts observations in buckets of a fixed width, with their sum.</summary>
    Histogram,
}
