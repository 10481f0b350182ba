using System.Diagnostics;
using System.Diagnostics.Metrics;
using Headgate.Gateway.Telemetry.Metrics;

namespace Headgate.Gateway.Telemetry.Tracing;

/// <summary>
/// Offers Headgate's own counters as instruments of <c>System.Diagnostics.Metrics</c>, from which the OTLP exporter reads them. Latencies are recorded one by one, since
/// an instrument cannot be given a histogram that is counted already. Exists only while metrics are exported. Thread-safe.
/// </summary>
internal sealed class OtlpMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Headgate.Gateway";

    private static readonly object[] s_statuses = [.. Enumerable.Range(0, 600).Select(status => (object)status)];

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _requests;
    private readonly Histogram<double> _stages;
    private readonly double _secondsPerTick;

    public OtlpMetrics(IEnumerable<MetricFamily> families, LatencyBuckets latency)
    {
        _secondsPerTick = latency.SecondsPerTick;
        _requests = CreateHistogram(MetricCatalogue.RequestDuration);
        _stages = CreateHistogram(MetricCatalogue.UpstreamStage);
        foreach (MetricFamily family in families.Where(family => family.Samples is not null))
            Observe(family.Descriptor, family.Samples!);
    }

    /// <summary>Records the latencies of a request that ended.</summary>
    public void Record(in RequestOutcome outcome)
    {
        TagList tags = outcome.Operation.Tags;
        tags.Add("http.response.status_code", s_statuses[(uint)outcome.Status < (uint)s_statuses.Length ? outcome.Status : 0]);
        _requests.Record(outcome.ElapsedTicks * _secondsPerTick, tags);
        RecordCall(outcome);
    }

    /// <summary>Records the stages of a call to a service, where there was one.</summary>
    public void RecordCall(in RequestOutcome outcome)
    {
        if (outcome.Service is not { } service)
            return;
        Record(service, UpstreamStage.Connect, outcome.Stages.Connect);
        Record(service, UpstreamStage.Head, outcome.Stages.Head);
        Record(service, UpstreamStage.Body, outcome.Stages.Body);
    }

    public void Dispose() => _meter.Dispose();

    private void Record(ServiceMetrics service, UpstreamStage stage, long ticks)
    {
        if (ticks >= 0)
            _stages.Record(ticks * _secondsPerTick, service.Tags[(int)stage]);
    }

    private Histogram<double> CreateHistogram(MetricDescriptor descriptor) => _meter.CreateHistogram(
        descriptor.OtlpName, descriptor.Unit, descriptor.Help, tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [.. LatencyBuckets.UpperBoundsSeconds] });

    private void Observe(MetricDescriptor descriptor, Func<IEnumerable<MetricSample>> read)
    {
        IEnumerable<Measurement<double>> Measure() => read().Select(sample => new Measurement<double>(sample.Value, ToTags(descriptor, sample)));
        if (descriptor.Kind == MetricKind.Counter)
            _meter.CreateObservableCounter(descriptor.OtlpName, Measure, descriptor.Unit, descriptor.Help);
        else
            _meter.CreateObservableGauge(descriptor.OtlpName, Measure, descriptor.Unit, descriptor.Help);
    }

    private static KeyValuePair<string, object?>[] ToTags(MetricDescriptor descriptor, MetricSample sample) =>
        [.. descriptor.Labels.Zip(sample.Labels, (name, value) => new KeyValuePair<string, object?>($"headgate.{name}", value))];
}
