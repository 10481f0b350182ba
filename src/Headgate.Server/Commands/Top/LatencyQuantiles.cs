using System.Globalization;

namespace Headgate.Server.Commands.Top;

/// <summary>Quantiles of what a histogram counted between two readings. Stateless.</summary>
internal static class LatencyQuantiles
{
    /// <summary>
    /// The quantile in milliseconds, as Prometheus's <c>histogram_quantile</c> tells it: between the bounds of its bucket in proportion; beyond the last bound that bound. Null when nothing was counted.
    /// </summary>
    /// <param name="buckets">The series of the buckets, cumulative.</param>
    /// <param name="now">The later reading.</param>
    /// <param name="earlier">The earlier reading.</param>
    /// <param name="quantile">From 0 to 1.</param>
    public static double? Milliseconds(IEnumerable<MetricSeries> buckets, MetricsReading now, MetricsReading earlier, double quantile)
    {
        (double Bound, double Count)[] counts =
        [
            .. buckets.GroupBy(bucket => BoundOf(bucket["le"])).Select(bucket => (bucket.Key, bucket.Sum(series => now.GrowthOf(series, earlier)))).OrderBy(bucket => bucket.Key),
        ];
        if (counts is not [.., (_, > 0 and var all)])
            return null;
        double rank = quantile * all;
        int at = Array.FindIndex(counts, bucket => bucket.Count >= rank);
        (double lower, double below) = at == 0 ? (0, 0) : counts[at - 1];
        (double upper, double count) = counts[at];
        double seconds = double.IsPositiveInfinity(upper) ? lower : lower + ((upper - lower) * (count > below ? (rank - below) / (count - below) : 1));
        return Math.Round(seconds * 1000, 2);
    }

    private static double BoundOf(string text) => text == "+Inf" ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);
}
