using Headgate.Bench.Measurements;
using Headgate.Bench.Policies;

namespace Headgate.Bench.Scenarios;

/// <summary>One row per policy: what it adds to a request.</summary>
internal sealed class PolicyScenario() : Scenario("policies", "what each policy adds to a request, in this process, without sockets")
{
    public override async Task<ScenarioResult> RunAsync(BenchContext context, CancellationToken cancellation)
    {
        var rows = new List<ResultRow>();
        foreach (var (index, row) in PolicyRows.All.Index())
            rows.Add(await MeasureAsync(context, row, context.FolderFor($"row-{index}"), cancellation));
        return new ScenarioResult(Name, Description, [Metric.NanosecondsWithout, Metric.AddedNanoseconds, Metric.AddedBytes], rows)
        {
            Baselines = [],
            Budgets = [.. PolicyRows.All.Select(row => new Budget(row.Name, Metric.AddedBytes, 0))],
            Note = "One thread: Kestrel over memory, the whole pipeline with metrics, and a handler that answers at once; the same document with and without the policy, in turn.",
        };
    }

    private static async Task<ResultRow> MeasureAsync(BenchContext context, PolicyRow row, string folder, CancellationToken cancellation)
    {
        try
        {
            await using var cost = await PolicyCost.PrepareAsync(row, folder, context.Time, cancellation);
            var samples = new Samples();
            cost.Measure(context.Options.WarmUp / 4);
            for (var round = 1; round <= context.Options.Rounds; round++)
            {
                var figures = cost.Measure(context.Options.Duration / 2);
                samples.Add(Metric.NanosecondsWithout, figures.NanosecondsWithout);
                samples.Add(Metric.AddedNanoseconds, figures.AddedNanoseconds);
                samples.Add(Metric.AddedBytes, Math.Floor(figures.AddedBytes));
            }
            return samples.ToRow(row.Name);
        }
        catch (MeasurementFailedException failed)
        {
            return new ResultRow(row.Name) { Failure = failed.Message };
        }
    }
}
