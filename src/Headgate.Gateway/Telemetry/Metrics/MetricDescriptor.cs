namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>One metric: its name, meaning and labels. Immutable; all are listed in <see cref="MetricCatalogue"/>.</summary>
/// <param name="Name">The name in the Prometheus text format, unit and <c>_total</c> included.</param>
/// <param name="Kind">How it behaves.</param>
/// <param name="Help">What it says, in one sentence.</param>
/// <param name="Labels">The label names, in the order of the values of a sample.</param>
public sealed record MetricDescriptor(string Name, MetricKind Kind, string Help, IReadOnlyList<string> Labels)
{
    /// <summary>The OTLP name, for the few that follow OpenTelemetry's semantic conventions; otherwise derived from <see cref="Name"/>.</summary>
    public string OtlpName { get; init; } = ToOtlpName(Name);

    /// <summary>The unit in UCUM, as OTLP wants it: <c>s</c>, <c>By</c>, or a count in braces.</summary>
    public string Unit { get; init; } = ToUnit(Name);

    // OpenTelemetry separates words of the namespace by dots and leaves unit and type out of the name.
    private static string ToOtlpName(string name)
    {
        foreach (string suffix in (ReadOnlySpan<string>)["_total", "_seconds", "_bytes"])
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal))
                name = name[..^suffix.Length];
        }

        return name.Replace("headgate_", "headgate.", StringComparison.Ordinal);
    }

    private static string ToUnit(string name) =>
        name.Contains("_seconds", StringComparison.Ordinal) ? "s" : name.Contains("_bytes", StringComparison.Ordinal) ? "By" : "1";
}
