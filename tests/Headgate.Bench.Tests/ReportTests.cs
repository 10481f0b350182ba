using System.Text.Json;
using Headgate.Bench.Measurements;
using Headgate.Bench.Reports;

namespace Headgate.Bench.Tests;

public class ReportTests
{
    private static readonly BenchReport Report = new(
        new MachineDescription(2, "Some CPU"), TimeSpan.FromSeconds(5), 3,
        [
            new ScenarioResult("forward", "bare forward", [Metric.CpuMicrosecondsPerRequest],
                [
                    ScenarioResultTests.Row("haproxy", 10),
                    ScenarioResultTests.Row("headgate", 9),
                    new ResultRow("nginx") { Failure = "ended with\nexit code 1" },
                ])
            {
                Budgets = [new Budget("headgate", Metric.CpuMicrosecondsPerRequest, 1.1) { Baseline = "haproxy" }],
            },
        ]);

    [Fact]
    public void Markdown_ShowsFiguresWithRatiosFailuresAndVerdicts()
    {
        var text = MarkdownReport.Write(Report);

        Assert.Contains("2 cores, Some CPU", text, StringComparison.Ordinal);
        Assert.Contains("| subject | CPU µs/req | × haproxy | × nginx |", text, StringComparison.Ordinal);
        Assert.Contains("| headgate | 9.0 | 0.90 | – |", text, StringComparison.Ordinal);
        Assert.Contains("**nginx was not measured:** ended with exit code 1", text, StringComparison.Ordinal);
        Assert.Contains("CPU µs/req ≤ 1.1 × haproxy: held (0.9)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_HoldsMediansRoundsRatiosAndFailures()
    {
        using var json = JsonDocument.Parse(JsonReport.Write(Report));
        var subjects = json.RootElement.GetProperty("scenarios")[0].GetProperty("subjects");
        var cpu = subjects[1].GetProperty("metrics").GetProperty("cpuMicrosecondsPerRequest");

        Assert.Equal(9, cpu.GetProperty("median").GetDouble());
        Assert.Equal(9, cpu.GetProperty("rounds")[0].GetDouble());
        Assert.Equal(0.9, cpu.GetProperty("ratios").GetProperty("haproxy").GetDouble());
        Assert.Equal(JsonValueKind.Null, cpu.GetProperty("ratios").GetProperty("nginx").ValueKind);
        Assert.Equal("ended with\nexit code 1", subjects[2].GetProperty("failure").GetString());
    }
}
