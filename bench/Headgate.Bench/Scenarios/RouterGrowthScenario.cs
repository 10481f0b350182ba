using System.Globalization;
using Headgate.Bench.Documents;
using Headgate.Bench.Load;
using Headgate.Bench.Measurements;
using Headgate.Bench.Processes;
using Headgate.Bench.Subjects;

namespace Headgate.Bench.Scenarios;

/// <summary>Whether a request costs more when the document is larger: requests go to all operations in turn.</summary>
internal sealed class RouterGrowthScenario()
    : Scenario("router-growth", "the gateway with 10 to 10,000 operations, requests to all of them in turn")
{
    private static readonly int[] Sizes = [10, 100, 1_000, 10_000];

    public override async Task<ScenarioResult> RunAsync(BenchContext context, CancellationToken cancellation)
    {
        var subjects = Sizes.Select(size => new HeadgateSubject(NameOf(size)) { Document = () => GrowingDocument.Write(size) });
        await using var bed = await TestBed.StartAsync(context, subjects, CorePlacement.Pinned(), cancellation);
        var rows = await new LoadRounds(context, bed).MeasureAsync(
            subject => new LoadRequest(GrowingDocument.PathPattern) { Operations = Sizes.First(size => subject.Name.StartsWith(NameOf(size), StringComparison.Ordinal)) }, cancellation);
        return new ScenarioResult(Name, Description, LoadRounds.Columns, rows)
        {
            Baselines = [NameOf(Sizes[0])],
            Budgets = [new Budget(NameOf(Sizes[^1]), Metric.CpuMicrosecondsPerRequest, 1.1) { Baseline = NameOf(Sizes[0]) }],
        };
    }

    private static string NameOf(int operations) =>
        string.Create(CultureInfo.InvariantCulture, $"headgate-{operations}-operations");
}
