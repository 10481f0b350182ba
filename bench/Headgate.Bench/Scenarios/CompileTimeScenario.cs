using System.Globalization;
using Headgate.Bench.Documents;
using Headgate.Bench.Measurements;
using Headgate.Bench.Processes;

namespace Headgate.Bench.Scenarios;

/// <summary>How long <c>headgate validate</c> takes from a cold start, for a small document and for one of 10,000 operations.</summary>
internal sealed class CompileTimeScenario() : Scenario("compile-time", "headgate validate, cold, 10 and 10,000 operations of JSON")
{
    private const string Small = "10 operations";
    private const string Large = "10,000 operations";
    private const string Difference = "difference";
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    public override async Task<ScenarioResult> RunAsync(BenchContext context, CancellationToken cancellation)
    {
        var documents = new[] { (Name: Small, Path: Write(context, 10)), (Name: Large, Path: Write(context, 10_000)) };
        var samples = new[] { Small, Large, Difference }.ToDictionary(name => name, _ => new Samples());
        foreach (var (name, path) in documents)
            samples[name].Add(Metric.DocumentMebibytes, new FileInfo(path).Length / 1024.0 / 1024.0);

        for (var round = 1; round <= context.Options.Rounds; round++)
        {
            var seconds = new List<double>();
            foreach (var (name, path) in documents)
            {
                var (elapsed, failure) = await ValidateAsync(context, path, cancellation);
                if (failure is not null)
                    return Result([new ResultRow(name) { Failure = failure }]);
                samples[name].Add(Metric.Seconds, elapsed.TotalSeconds);
                seconds.Add(elapsed.TotalSeconds);
                context.Say(string.Create(CultureInfo.InvariantCulture, $"   round {round}/{context.Options.Rounds} {name,-24}{elapsed.TotalSeconds:0.00} s"));
            }
            samples[Difference].Add(Metric.Seconds, seconds[1] - seconds[0]);
        }
        return Result([.. samples.Select(entry => entry.Value.ToRow(entry.Key))]);
    }

    private ScenarioResult Result(IReadOnlyList<ResultRow> rows) =>
        new(Name, Description, [Metric.DocumentMebibytes, Metric.Seconds], rows)
        {
            Baselines = [],
            Budgets = [new Budget(Difference, Metric.Seconds, 2)],
            Note = "Times are of the whole process, pinned to one core; the difference is the document's share.",
        };

    private static string Write(BenchContext context, int operations)
    {
        var path = Path.Combine(context.Folder, string.Create(CultureInfo.InvariantCulture, $"{operations}.json"));
        File.WriteAllText(path, GrowingDocument.Write(operations));
        return path;
    }

    private static async Task<(TimeSpan Elapsed, string? Failure)> ValidateAsync(
        BenchContext context, string document, CancellationToken cancellation)
    {
        var launch = new Launch(context.Tools.Headgate, ["validate", document]) { Core = CorePlacement.Pinned().Subject };
        var started = context.Time.GetTimestamp();
        await using var process = ChildProcess.Start(launch, context.Tools);
        var ended = await process.WaitAsync(Bound, context.Time, cancellation);
        var elapsed = context.Time.GetElapsedTime(started);
        if (!ended)
            return (elapsed, $"did not end within {Bound.TotalSeconds:0} s");
        return (elapsed, process.ExitCode == 0 ? null : $"ended with exit code {process.ExitCode}: {process.LastWords()}");
    }
}
