namespace Headgate.Bench.Measurements;

/// <summary>What the rounds gave for one subject.</summary>
internal sealed class Samples
{
    private readonly Dictionary<Metric, List<double>> values = [];

    public void Add(Metric metric, double value)
    {
        if (!values.TryGetValue(metric, out var list))
            values[metric] = list = [];
        list.Add(value);
    }

    public ResultRow ToRow(string subject) =>
        new(subject) { Rounds = values.ToDictionary(entry => entry.Key, IReadOnlyList<double> (entry) => entry.Value) };
}
