using System.Buffers;
using System.Globalization;
using System.Text;

namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>Writes all metrics in the Prometheus text format, version 0.0.4. Thread-safe.</summary>
public sealed class MetricsWriter
{
    /// <summary>The media type of what is written.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly string[] s_bounds =
        [.. LatencyBuckets.UpperBoundsSeconds.Select(bound => bound.ToString(CultureInfo.InvariantCulture)), "+Inf"];

    private readonly MetricFamily[] _families;

    internal MetricsWriter(IEnumerable<MetricFamily> families)
    {
        // The catalogue's order, whoever counts.
        var byDescriptor = families.ToDictionary(family => family.Descriptor);
        _families = [.. MetricCatalogue.All.Where(byDescriptor.ContainsKey).Select(descriptor => byDescriptor[descriptor])];
    }

    internal IReadOnlyList<MetricFamily> Families => _families;

    /// <summary>Writes the present values. A metric without a series is left out.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        foreach (MetricFamily family in _families)
        {
            var text = new StringBuilder();
            if (family.Samples is { } samples)
                WriteSamples(text, family.Descriptor, samples());
            else
                WriteHistograms(text, family.Descriptor, family.Histograms!());
            if (text.Length == 0)
                continue;
            text.Insert(0, Head(family.Descriptor));
            foreach (ReadOnlyMemory<char> chunk in text.GetChunks())
                Encoding.UTF8.GetBytes(chunk.Span, output);
        }
    }

    private static string Head(MetricDescriptor descriptor)
    {
        string kind = descriptor.Kind switch { MetricKind.Counter => "counter", MetricKind.Gauge => "gauge", _ => "histogram" };
        return $"# HELP {descriptor.Name} {descriptor.Help}\n# TYPE {descriptor.Name} {kind}\n";
    }

    private static void WriteSamples(StringBuilder text, MetricDescriptor descriptor, IEnumerable<MetricSample> samples)
    {
        foreach (MetricSample sample in samples)
        {
            text.Append(descriptor.Name);
            WriteLabels(text, descriptor.Labels, sample.Labels, bound: null);
            text.Append(CultureInfo.InvariantCulture, $" {sample.Value:R}\n");
        }
    }

    private static void WriteHistograms(StringBuilder text, MetricDescriptor descriptor, IEnumerable<HistogramSample> samples)
    {
        foreach (HistogramSample sample in samples)
        {
            long cumulative = 0;
            for (int i = 0; i < sample.Counts.Length; i++)
            {
                cumulative += sample.Counts[i];
                text.Append(descriptor.Name).Append("_bucket");
                WriteLabels(text, descriptor.Labels, sample.Labels, s_bounds[i]);
                text.Append(CultureInfo.InvariantCulture, $" {cumulative}\n");
            }

            text.Append(descriptor.Name).Append("_sum");
            WriteLabels(text, descriptor.Labels, sample.Labels, bound: null);
            text.Append(CultureInfo.InvariantCulture, $" {sample.SumSeconds:R}\n");
            text.Append(descriptor.Name).Append("_count");
            WriteLabels(text, descriptor.Labels, sample.Labels, bound: null);
            text.Append(CultureInfo.InvariantCulture, $" {cumulative}\n");
        }
    }

    private static void WriteLabels(StringBuilder text, IReadOnlyList<string> names, string[] values, string? bound)
    {
        if (names.Count == 0 && bound is null)
            return;
        char before = '{';
        for (int i = 0; i < names.Count; i++)
        {
            text.Append(before).Append(names[i]).Append("=\"");
            WriteEscaped(text, values[i]);
            text.Append('"');
            before = ',';
        }

        if (bound is not null)
            text.Append(before).Append("le=\"").Append(bound).Append('"');
        text.Append('}');
    }

    // Prometheus text format: backslash, quote and line feed are escaped in a label value. Names come from documents.
    private static void WriteEscaped(StringBuilder text, string value)
    {
        foreach (char c in value)
        {
            switch (c)
            {
                case '\\':
                    text.Append(@"\\");
                    break;
                case '"':
                    text.Append("\\\"");
                    break;
                case '\n':
                    text.Append(@"\n");
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }
    }
}
