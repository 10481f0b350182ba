using System.Globalization;
using System.Text;
using Headgate.Bench.Measurements;

namespace Headgate.Bench.Reports;

/// <summary>The report as tables for people: medians, and beside each its ratio to every baseline.</summary>
internal static class MarkdownReport
{
    private const string NotMeasured = "–";

    public static string Write(BenchReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Side by side

            {report.Machine.Cores} cores, {report.Machine.Cpu}. Each figure is the median of {report.Rounds} round(s) of {report.Duration.TotalSeconds:0.#} s; subjects take turns
            within a round. Absolute figures drift between machines and days, so compare the ratios, which come from the same run.
            CPU is user and system time of the measured process per request served. Load generator and upstream share one core, which
            is what limits req/s where a proxy has time to spare; CPU per request is the figure that tells the proxies apart.

            """);
        foreach (var scenario in report.Scenarios)
            Append(text, scenario);
        return text.ToString();
    }

    private static void Append(StringBuilder text, ScenarioResult scenario)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {scenario.Name}\n\n{Sentence(scenario.Description)}\n\n");
        if (scenario.Columns.Count > 0)
            AppendTable(text, scenario);
        AppendRemarks(text, scenario);
    }

    private static void AppendTable(StringBuilder text, ScenarioResult scenario)
    {
        var headings = scenario.Columns.SelectMany(column => Headings(column, scenario.Baselines)).ToArray();
        text.Append(CultureInfo.InvariantCulture, $"| subject | {string.Join(" | ", headings)} |\n");
        text.Append(CultureInfo.InvariantCulture, $"|---|{string.Concat(headings.Select(_ => "--:|"))}\n");
        foreach (var row in scenario.Rows.Where(row => row.Failure is null))
        {
            var cells = scenario.Columns.SelectMany(column => Cells(scenario, row, column));
            text.Append(CultureInfo.InvariantCulture, $"| {row.Subject} | {string.Join(" | ", cells)} |\n");
        }
        text.Append('\n');
    }

    private static void AppendRemarks(StringBuilder text, ScenarioResult scenario)
    {
        var remarks = scenario.Rows.Where(row => row.Failure is not null)
            .Select(row => $"**{row.Subject} was not measured:** {row.Failure!.ReplaceLineEndings(" ")}")
            .Concat(scenario.Rows.Where(row => row.FailedRequests > 0)
                .Select(row => string.Create(CultureInfo.InvariantCulture, $"**{row.Subject} failed {row.FailedRequests:0} requests:** its figures do not count")))
            .Concat(scenario.Budgets.Select(budget => $"Budget: {budget.Verdict(scenario)}"))
            .Concat(scenario.Note is null ? [] : [scenario.Note])
            .ToArray();
        foreach (var remark in remarks)
            text.Append(CultureInfo.InvariantCulture, $"- {remark}\n");
    }

    private static IEnumerable<string> Headings(Metric column, IReadOnlyList<string> baselines) =>
        column.IsCompared ? [column.Title, .. baselines.Select(baseline => $"× {baseline}")] : [column.Title];

    private static IEnumerable<string> Cells(ScenarioResult scenario, ResultRow row, Metric column)
    {
        yield return row.Median(column)?.ToString($"N{column.Decimals}", CultureInfo.InvariantCulture) ?? NotMeasured;
        if (!column.IsCompared)
            yield break;
        foreach (var baseline in scenario.Baselines)
            yield return scenario.Ratio(row, column, baseline)?.ToString("0.00", CultureInfo.InvariantCulture) ?? NotMeasured;
    }

    private static string Sentence(string description) => char.ToUpperInvariant(description[0]) + description[1..] + ".";
}
