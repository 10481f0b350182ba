using System.Globalization;
using Headgate.Bench.Measurements;
using Headgate.Bench.Processes;
using Headgate.Bench.Reports;
using Headgate.Bench.Scenarios;

namespace Headgate.Bench;

/// <summary>One run: the chosen scenarios one after the other, then the table and the JSON.</summary>
internal sealed class BenchRun(BenchOptions options, TimeProvider time)
{
    /// <summary>Runs everything and returns the exit code: 1 if a subject or a request failed, else 0.</summary>
    /// <exception cref="BenchRefusedException">A tool, the program or the scenario is not there.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var scenarios = ScenarioCatalog.Choose(options.ScenarioPatterns);
        var folder = Directory.CreateTempSubdirectory("headgate-bench-").FullName;
        try
        {
            var context = new BenchContext { Options = options, Tools = Toolbox.Find(options.Program), Folder = folder, Time = time, Say = Say };
            var results = await RunScenariosAsync(scenarios, context, cancellation);
            await Console.Out.WriteAsync(MarkdownReport.Write(ReportOf(results)));
            Say($"Written: {ResultPath}.md and {ResultPath}.json");
            return results.SelectMany(result => result.Rows).All(row => row.IsSound) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string ResultPath => Path.Combine(options.ResultsFolder, options.ResultName);

    // Written after each scenario: who stops a long run keeps what it has measured.
    private async Task<List<ScenarioResult>> RunScenariosAsync(
        IReadOnlyList<Scenario> scenarios, BenchContext context, CancellationToken cancellation)
    {
        var results = new List<ScenarioResult>();
        foreach (var (index, scenario) in scenarios.Index())
        {
            context.Say($"── {index + 1}/{scenarios.Count} {scenario.Name}: {scenario.Description}");
            var folder = Directory.CreateDirectory(Path.Combine(context.Folder, scenario.Name)).FullName;
            results.Add(await RunScenarioAsync(scenario, context with { Folder = folder }, cancellation));
            await WriteAsync(results, cancellation);
        }
        return results;
    }

    // One scenario that cannot be measured does not cost the others.
    private static async Task<ScenarioResult> RunScenarioAsync(Scenario scenario, BenchContext context, CancellationToken cancellation)
    {
        try
        {
            return await scenario.RunAsync(context, cancellation);
        }
        catch (MeasurementFailedException failed)
        {
            context.Say($"   {failed.Message}");
            return new ScenarioResult(scenario.Name, scenario.Description, [], [new ResultRow(scenario.Name) { Failure = failed.Message }]);
        }
    }

    private async Task WriteAsync(List<ScenarioResult> results, CancellationToken cancellation)
    {
        Directory.CreateDirectory(options.ResultsFolder);
        await File.WriteAllTextAsync(ResultPath + ".md", MarkdownReport.Write(ReportOf(results)), cancellation);
        await File.WriteAllTextAsync(ResultPath + ".json", JsonReport.Write(ReportOf(results)), cancellation);
    }

    private BenchReport ReportOf(IReadOnlyList<ScenarioResult> results) => new(MachineDescription.Read(), options.Duration, options.Rounds, results);

    private void Say(string line) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{time.GetLocalNow():HH:mm:ss}] {line}"));
}
