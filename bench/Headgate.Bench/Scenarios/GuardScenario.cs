using Headgate.Bench.Guards;
using Headgate.Bench.Measurements;

namespace Headgate.Bench.Scenarios;

/// <summary>One row per guard of calls: what it adds to a call that succeeds.</summary>
internal sealed class GuardScenario() : Scenario("guards", "what each guard adds to a call to a service that succeeds, in this process")
{
    private const int CallsPerSlice = 2_000;

    public override Task<ScenarioResult> RunAsync(BenchContext context, CancellationToken cancellation)
    {
        using var guards = new GuardRows();
        var rows = guards.All.Select(row => Measure(context, row, cancellation)).ToList();
        return Task.FromResult(new ScenarioResult(Name, Description, [Metric.AddedNanoseconds, Metric.AddedBytes], rows)
        {
            Baselines = [],
            Budgets = [.. rows.Select(row => new Budget(row.Subject, Metric.AddedBytes, 0))],
            Note = "One thread, nothing between the measured calls. A fallback and the wait of a retry are not reached by a call that succeeds.",
        });
    }

    private static ResultRow Measure(BenchContext context, GuardRow row, CancellationToken cancellation)
    {
        var samples = new Samples();
        RunFor(context, row, context.Options.WarmUp / 10, cancellation);
        for (var round = 1; round <= context.Options.Rounds; round++)
        {
            var slices = RunFor(context, row, context.Options.Duration / 2, cancellation);
            samples.Add(Metric.AddedNanoseconds, slices.Select(slice => slice.Nanoseconds).Order().ElementAt(slices.Count / 2));
            samples.Add(Metric.AddedBytes, slices.Min(slice => slice.Bytes));
        }
        context.Say($"   {row.Name}");
        return samples.ToRow(row.Name);
    }

    private static List<(double Nanoseconds, double Bytes)> RunFor(BenchContext context, GuardRow row, TimeSpan duration, CancellationToken cancellation)
    {
        var slices = new List<(double Nanoseconds, double Bytes)>();
        var started = context.Time.GetTimestamp();
        do
        {
            cancellation.ThrowIfCancellationRequested();
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var began = context.Time.GetTimestamp();
            for (var i = 0; i < CallsPerSlice; i++)
                row.Call();
            var elapsed = context.Time.GetElapsedTime(began).TotalNanoseconds;
            slices.Add((elapsed / CallsPerSlice, Math.Floor((GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)CallsPerSlice)));
        }
        while (context.Time.GetElapsedTime(started) < duration);
        return slices;
    }
}
