namespace Headgate.Server.Commands.Top;

/// <summary>All metrics of an instance at one moment. Immutable.</summary>
internal sealed class MetricsReading
{
    private readonly ILookup<string, MetricSeries> _byName;
    private readonly Dictionary<string, double> _byKey = new(StringComparer.Ordinal);

    /// <param name="text">What <c>/metrics</c> answered.</param>
    /// <param name="timestamp">When, as a timestamp of the clock.</param>
    public MetricsReading(string text, long timestamp)
    {
        MetricSeries[] all = [.. MetricsText.Parse(text)];
        _byName = all.ToLookup(series => series.Name);
        foreach (MetricSeries series in all)
            _byKey[series.Key] = series.Value;
        Timestamp = timestamp;
    }

    public long Timestamp { get; }

    /// <summary>When the process began that was read: another one counts from zero.</summary>
    public double ProcessStart => Gauge("headgate_process_start_timestamp_seconds");

    public IEnumerable<MetricSeries> this[string name] => _byName[name];

    /// <summary>The value of a metric without labels; 0 where it is not there.</summary>
    public double Gauge(string name) => _byKey.GetValueOrDefault(name);

    /// <summary>By how much a series has grown since an earlier reading.</summary>
    public double GrowthOf(MetricSeries series, MetricsReading earlier)
    {
        double before = earlier.ProcessStart.Equals(ProcessStart) ? earlier._byKey.GetValueOrDefault(series.Key) : 0;
        return series.Value >= before ? series.Value - before : series.Value;
    }
}
