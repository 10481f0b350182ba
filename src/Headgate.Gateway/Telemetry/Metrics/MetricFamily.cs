namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>A metric and where its values are read from, when somebody asks. Exactly one of the two readers is set.</summary>
/// <param name="Descriptor">What it is.</param>
/// <param name="Samples">Reads a counter or gauge.</param>
/// <param name="Histograms">Reads a histogram.</param>
internal sealed record MetricFamily(
    MetricDescriptor Descriptor,
    Func<IEnumerable<MetricSample>>? Samples = null,
    Func<IEnumerable<HistogramSample>>? Histograms = null)
{
    /// <summary>A family of a single series without labels.</summary>
    public static MetricFamily Of(MetricDescriptor descriptor, Func<double> read) => new(descriptor, () => [new MetricSample(read())]);
}
