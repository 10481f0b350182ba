using Headgate.Bench.Aggregation;
using Headgate.Bench.Documents;
using Headgate.Bench.Load;
using Headgate.Bench.Measurements;
using Headgate.Bench.Processes;
using Headgate.Bench.Subjects;

namespace Headgate.Bench.Scenarios;

/// <summary>How much later an answer of three parts comes than its slowest part.</summary>
internal sealed class DelayedAggregateScenario() : Scenario("aggregate-3-delayed", "one answer from three parts that take 5, 10 and 20 ms, 8 connections; slowest is the part of 20 ms alone, without a gateway")
{
    private const string Slowest = "slowest";
    private const string Headgate = "headgate";
    private const int Connections = 8;

    private static readonly Metric Beyond = new("beyondSlowestMilliseconds", "p50 beyond the slowest ms", 2, false);

    public override async Task<ScenarioResult> RunAsync(BenchContext context, CancellationToken cancellation)
    {
        await using var service = await DelayedService.StartAsync(context.Time, cancellation);
        var subject = new HeadgateSubject(Headgate) { Document = ForwardDocument.WriteDelayedAggregate, Arguments = ["--service", $"parts={service.Address}"] };
        await using var bed = await TestBed.StartAsync(context, [subject], CorePlacement.Pinned(), cancellation);
        if (bed.Running.Count == 0)
            return ResultOf(bed.Failures);
        var generator = new WrkGenerator(context);
        (string Name, Uri Address, string Path)[] sides = [(Slowest, service.Address, "/20"), (Headgate, bed.Running[0].Address, NginxUpstream.SmallPath)];
        var samples = sides.ToDictionary(side => side.Name, _ => new Samples());
        foreach (var side in sides)
            await LoadAsync(side.Address, side.Path, context.Options.WarmUp);
        for (var round = 1; round <= context.Options.Rounds; round++)
        {
            var alone = 0.0;
            foreach (var side in sides)
            {
                var load = await LoadAsync(side.Address, side.Path, context.Options.Duration);
                var median = load.P50Microseconds / 1000;
                alone = side.Name == Slowest ? median : alone;
                samples[side.Name].Add(Metric.RequestsPerSecond, load.RequestsPerSecond);
                samples[side.Name].Add(Metric.P50Milliseconds, median);
                samples[side.Name].Add(Metric.P99Milliseconds, load.P99Microseconds / 1000);
                samples[side.Name].Add(Beyond, median - alone);
                samples[side.Name].Add(Metric.FailedRequests, load.Failed);
            }
            context.Say($"   round {round}/{context.Options.Rounds}");
        }
        return ResultOf([.. samples.Select(side => side.Value.ToRow(side.Key))]);

        Task<LoadResult> LoadAsync(Uri address, string path, TimeSpan duration) =>
            generator.RunAsync(address, new LoadRequest(path) { Connections = Connections }, duration, bed.Placement.Load, cancellation);
    }

    private ScenarioResult ResultOf(IReadOnlyList<ResultRow> rows) => new(Name, Description, [Metric.RequestsPerSecond, Metric.P50Milliseconds, Metric.P99Milliseconds, Beyond, Metric.FailedRequests], rows)
    {
        Baselines = [Slowest],
        Budgets = [new Budget(Headgate, Beyond, 1)],
        Note = "The parts are a service of the benchmark's own, whose timers are as exact as the system's: a millisecond or so late, for both sides alike.",
    };
}
