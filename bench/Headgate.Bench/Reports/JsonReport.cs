using System.Text.Json;
using System.Text.Json.Nodes;
using Headgate.Bench.Measurements;

namespace Headgate.Bench.Reports;

/// <summary>The report for programs: medians, every round, and the ratios.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    public static string Write(BenchReport report) => new JsonObject
    {
        ["machine"] = new JsonObject { ["cores"] = report.Machine.Cores, ["cpu"] = report.Machine.Cpu },
        ["durationSeconds"] = report.Duration.TotalSeconds,
        ["rounds"] = report.Rounds,
        ["scenarios"] = new JsonArray([.. report.Scenarios.Select(Scenario)]),
    }.ToJsonString(Format) + "\n";

    private static JsonObject Scenario(ScenarioResult scenario) => new()
    {
        ["name"] = scenario.Name,
        ["description"] = scenario.Description,
        ["baselines"] = new JsonArray([.. scenario.Baselines.Select(baseline => JsonValue.Create(baseline))]),
        ["subjects"] = new JsonArray([.. scenario.Rows.Select(row => Row(scenario, row))]),
        ["budgets"] = new JsonArray([.. scenario.Budgets.Select(budget => BudgetOf(scenario, budget))]),
    };

    private static JsonObject Row(ScenarioResult scenario, ResultRow row)
    {
        if (row.Failure is not null)
            return new JsonObject { ["name"] = row.Subject, ["failure"] = row.Failure };
        var metrics = new JsonObject();
        foreach (var (metric, rounds) in row.Rounds)
            metrics[metric.Key] = Values(scenario, row, metric, rounds);
        return new JsonObject { ["name"] = row.Subject, ["metrics"] = metrics };
    }

    private static JsonObject Values(ScenarioResult scenario, ResultRow row, Metric metric, IReadOnlyList<double> rounds)
    {
        var values = new JsonObject
        {
            ["median"] = row.Median(metric),
            ["rounds"] = new JsonArray([.. rounds.Select(value => JsonValue.Create(value))]),
        };
        if (!metric.IsCompared)
            return values;
        var ratios = new JsonObject();
        foreach (var baseline in scenario.Baselines)
            ratios[baseline] = scenario.Ratio(row, metric, baseline);
        values["ratios"] = ratios;
        return values;
    }

    private static JsonObject BudgetOf(ScenarioResult scenario, Budget budget) => new()
    {
        ["subject"] = budget.Subject,
        ["metric"] = budget.Metric.Key,
        ["baseline"] = budget.Baseline,
        ["limit"] = budget.Limit,
        ["isFloor"] = budget.IsFloor,
        ["measured"] = budget.Measure(scenario),
    };
}
