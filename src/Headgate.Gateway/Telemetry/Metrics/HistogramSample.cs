namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>The state of one series of a histogram.</summary>
/// <param name="Counts">Observations per bucket (not cumulative); the last bucket has no upper bound.</param>
/// <param name="SumSeconds">The sum of all observations.</param>
/// <param name="Labels">The label values, in the order of the descriptor.</param>
internal readonly record struct HistogramSample(long[] Counts, double SumSeconds, params string[] Labels);
