namespace Headgate.Server.Commands.Top;

/// <summary>One series of <c>/metrics</c>.</summary>
/// <param name="Key">Name and labels as they are written: what tells it from others.</param>
/// <param name="Name">The name.</param>
/// <param name="Labels">The labels.</param>
/// <param name="Value">The value.</param>
internal sealed record MetricSeries(string Key, string Name, IReadOnlyDictionary<string, string> Labels, double Value)
{
    /// <summary>The value of a label; empty where it has none of that name.</summary>
    public string this[string label] => Labels.GetValueOrDefault(label, "");
}
