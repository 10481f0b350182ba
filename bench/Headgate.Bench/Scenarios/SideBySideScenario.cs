using Headgate.Bench.Load;
using Headgate.Bench.Measurements;
using Headgate.Bench.Processes;
using Headgate.Bench.Subjects;

namespace Headgate.Bench.Scenarios;

/// <summary>The same load on several subjects in turn.</summary>
internal sealed class SideBySideScenario(string name, string description, LoadRequest load, IReadOnlyList<Subject> subjects)
    : Scenario(name, description)
{
    /// <summary>Whether each process has its core; otherwise the kernel places them.</summary>
    public bool Pinned { get; init; } = true;

    public IReadOnlyList<Budget> Budgets { get; init; } = [];

    /// <summary>The subjects that the others are compared with.</summary>
    public IReadOnlyList<string> Baselines { get; init; } = ["haproxy", "nginx"];

    public override async Task<ScenarioResult> RunAsync(BenchContext context, CancellationToken cancellation)
    {
        var placement = Pinned ? CorePlacement.Pinned() : CorePlacement.Unpinned;
        await using var bed = await TestBed.StartAsync(context, subjects, placement, cancellation);
        var rows = await new LoadRounds(context, bed).MeasureAsync(_ => load, cancellation);
        return new ScenarioResult(Name, Description, LoadRounds.Columns, rows) { Budgets = Budgets, Baselines = Baselines };
    }
}
