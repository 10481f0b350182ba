namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>The value of one series of a counter or gauge.</summary>
/// <param name="Value">The value, in the unit of the metric's name.</param>
/// <param name="Labels">The label values, in the order of the descriptor.</param>
internal readonly record struct MetricSample(double Value, params string[] Labels);
