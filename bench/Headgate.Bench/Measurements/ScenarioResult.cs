namespace Headgate.Bench.Measurements;

/// <summary>The table of one scenario.</summary>
internal sealed record ScenarioResult(string Name, string Description, IReadOnlyList<Metric> Columns, IReadOnlyList<ResultRow> Rows)
{
    /// <summary>Subjects that the others are compared with.</summary>
    public IReadOnlyList<string> Baselines { get; init; } = ["haproxy", "nginx"];

    /// <summary>What must hold.</summary>
    public IReadOnlyList<Budget> Budgets { get; init; } = [];

    /// <summary>What a reader must know to read the table rightly.</summary>
    public string? Note { get; init; }

    /// <summary>The ratio of medians; null where one is missing or the baseline is zero.</summary>
    public double? Ratio(ResultRow row, Metric metric, string baseline)
    {
        var reference = Rows.FirstOrDefault(candidate => candidate.Subject == baseline)?.Median(metric);
        return row.Median(metric) is { } value && reference is > 0 ? value / reference : null;
    }
}
