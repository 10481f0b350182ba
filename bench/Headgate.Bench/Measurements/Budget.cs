using System.Globalization;

namespace Headgate.Bench.Measurements;

/// <summary>A limit that a figure must keep: as a ratio to a baseline of the same run, or absolute.</summary>
internal sealed record Budget(string Subject, Metric Metric, double Limit)
{
    /// <summary>The subject compared with; null for an absolute limit.</summary>
    public string? Baseline { get; init; }

    /// <summary>Whether the figure must be the limit at least, not at most.</summary>
    public bool IsFloor { get; init; }

    /// <summary>Whether it is judged although requests failed: it is what counts them.</summary>
    public bool CountsFailures { get; init; }

    /// <summary>The measured figure; null when it could not be measured or requests failed.</summary>
    public double? Measure(ScenarioResult result)
    {
        var row = result.Rows.FirstOrDefault(candidate => candidate.Subject == Subject);
        if (row is not { Failure: null } || !(row.IsSound || CountsFailures))
            return null;
        return Baseline is null ? row.Median(Metric) : result.Ratio(row, Metric, Baseline);
    }

    /// <summary>The verdict as a sentence.</summary>
    public string Verdict(ScenarioResult result)
    {
        var unit = Baseline is null ? "" : $" × {Baseline}";
        var verdict = Measure(result) switch
        {
            null => "not measured",
            { } figure when (IsFloor ? figure >= Limit : figure <= Limit) => string.Create(CultureInfo.InvariantCulture, $"held ({figure:0.##})"),
            var figure => string.Create(CultureInfo.InvariantCulture, $"MISSED ({figure:0.##})"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Subject}, {Metric.Title} {(IsFloor ? '≥' : '≤')} {Limit:0.##}{unit}: {verdict}");
    }
}
