using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Headgate.Docs.Tests.Support;
using Headgate.Gateway.Telemetry.Metrics;

namespace Headgate.Docs.Tests;

/// <summary>What <c>deploy/observability</c> gives to operators is valid, and speaks of metrics that there are.</summary>
public class ObservabilityTests
{
    private const string Folder = "deploy/observability";
    private const string Rules = $"{Folder}/headgate.rules.yaml";
    private const string RuleTests = $"{Folder}/headgate.rules.test.yaml";
    private const string Dashboard = $"{Folder}/grafana-dashboard.json";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("check", "rules", "headgate.rules.yaml")]
    [InlineData("test", "rules", "headgate.rules.test.yaml")]
    [InlineData("check", "config", "prometheus.yaml")]
    public async Task Promtool_HasNoComplaint(string verb, string what, string file)
    {
        using Process promtool = Process.Start(new ProcessStartInfo(Promtool(), [verb, what, file])
        {
            WorkingDirectory = Repository.PathOf(Folder),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = promtool.StandardOutput.ReadToEndAsync(Stop);
        Task<string> errors = promtool.StandardError.ReadToEndAsync(Stop);
        await promtool.WaitForExitAsync(Stop);
        Assert.True(promtool.ExitCode == 0, await output + await errors);
        Assert.Contains("SUCCESS", await output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Rules)]
    [InlineData(Dashboard)]
    public void Metrics_OfTheFile_AreThoseOfTheCatalogue(string file)
    {
        string[] named = [.. Regex.Matches(File.ReadAllText(Repository.PathOf(file)), @"(?<![\w:])headgate_[a-z0-9_]+").Select(match => match.Value).Distinct()];
        Assert.NotEmpty(named);
        HashSet<string> known = [.. MetricCatalogue.All.SelectMany(SeriesOf)];
        Assert.Equal([], named.Except(known));
    }

    [Fact]
    public void Alerts_HaveATestAndASectionOfTheGuide()
    {
        string[] alerts = [.. Lines(Rules, "- alert: ")];
        Assert.NotEmpty(alerts);
        string[] tested = [.. Lines(RuleTests, "- alertname: ")];
        string[] sections = [.. Lines("docs/guides/operate.md", "### ")];
        foreach (string alert in alerts)
        {
            Assert.Contains(alert, tested);
            Assert.Contains(alert, sections);
            Assert.Contains($"docs/guides/operate.md#{alert.ToLowerInvariant()}", File.ReadAllText(Repository.PathOf(Rules)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Dashboard_IsJson_WithPanelsThatAskForSomething()
    {
        using JsonDocument dashboard = JsonDocument.Parse(File.ReadAllText(Repository.PathOf(Dashboard)));
        JsonElement[] panels = [.. dashboard.RootElement.GetProperty("panels").EnumerateArray().Where(panel => panel.GetProperty("type").GetString() != "row")];
        Assert.NotEmpty(panels);
        Assert.All(panels, panel => Assert.NotEmpty(panel.GetProperty("targets").EnumerateArray()));
        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("title").GetString()).Distinct().Count());
    }

    private static string Promtool()
    {
        const string missing = "promtool is missing, the rules are not checked. Install it: apt-get install --no-install-recommends prometheus";
        bool isThere = Machine.Has("promtool");
        Assert.False(!isThere && string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase), missing);
        Assert.SkipUnless(isThere, missing);
        return "promtool";
    }

    private static IEnumerable<string> SeriesOf(MetricDescriptor metric) =>
        metric.Kind == MetricKind.Histogram ? [$"{metric.Name}_bucket", $"{metric.Name}_sum", $"{metric.Name}_count"] : [metric.Name];

    private static IEnumerable<string> Lines(string file, string prefix) =>
        File.ReadLines(Repository.PathOf(file)).Select(line => line.Trim()).Where(line => line.StartsWith(prefix, StringComparison.Ordinal)).Select(line => line[prefix.Length..]);
}
