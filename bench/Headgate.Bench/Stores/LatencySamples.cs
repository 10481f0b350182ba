using Headgate.Bench.Measurements;

namespace Headgate.Bench.Stores;

/// <summary>How long each of many commits took, and all of them together.</summary>
internal sealed class LatencySamples(IReadOnlyList<double> milliseconds, TimeSpan elapsed)
{
    private readonly double[] sorted = [.. milliseconds.Order()];

    /// <summary>Adds the figures of this round.</summary>
    public void AddTo(Samples samples)
    {
        samples.Add(Metric.CommitsPerSecond, sorted.Length / elapsed.TotalSeconds);
        samples.Add(Metric.P50Milliseconds, Percentile(0.50));
        samples.Add(Metric.P99Milliseconds, Percentile(0.99));
    }

    /// <summary>The latency that this share of the commits did not exceed.</summary>
    internal double Percentile(double share) =>
        sorted.Length == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
