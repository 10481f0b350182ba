using System.Globalization;
using System.Text;

namespace Headgate.Server.Commands.Top;

/// <summary>Reads the Prometheus text format, version 0.0.4, as far as the gateway writes it. Stateless.</summary>
internal static class MetricsText
{
    /// <summary>The series; a line that is none is left out.</summary>
    public static IEnumerable<MetricSeries> Parse(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            int space = line.LastIndexOf(' ');
            if (space <= 0 || line[0] == '#' || !double.TryParse(line.AsSpan(space + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
                continue;
            string key = line[..space];
            int brace = key.IndexOf('{', StringComparison.Ordinal);
            yield return brace < 0
                ? new MetricSeries(key, key, new Dictionary<string, string>(), value)
                : new MetricSeries(key, key[..brace], LabelsOf(key.AsSpan(brace + 1)), value);
        }
    }

    private static Dictionary<string, string> LabelsOf(ReadOnlySpan<char> text)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        while (text.IndexOf("=\"") is > 0 and int equals)
        {
            string name = text[..equals].TrimStart(',').ToString();
            text = text[(equals + 2)..];
            labels[name] = ValueOf(ref text);
        }

        return labels;
    }

    // Up to the quote that is not escaped; backslash, quote and line feed are.
    private static string ValueOf(ref ReadOnlySpan<char> text)
    {
        var value = new StringBuilder();
        int at = 0;
        for (; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
                value.Append(text[++at] == 'n' ? '\n' : text[at]);
            else
                value.Append(text[at]);
        }

        text = text[Math.Min(at + 1, text.Length)..];
        return value.ToString();
    }
}
