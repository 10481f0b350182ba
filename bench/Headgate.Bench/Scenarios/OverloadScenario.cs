using System.Globalization;
using Headgate.Bench.Documents;
using Headgate.Bench.Measurements;
using Headgate.Bench.Overload;
using Headgate.Bench.Processes;
using Headgate.Bench.Subjects;

namespace Headgate.Bench.Scenarios;

/// <summary>What is left of a service for its callers when twice as many come as it can serve, and how soon all is well when they are gone.</summary>
internal sealed class OverloadScenario() : Scenario("overload", "a service of 16 workers of 5 ms behind a bulkhead: its capacity, twice that for 30 s, and half of it afterwards")
{
    private const double Overload = 2;
    private const double Afterwards = 0.5;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    private static readonly Metric Lost = new("lostGoodputPercent", "goodput lost %", 1, false);
    private static readonly Metric Refused = new("refusedPerSecond", "refused/s", 0, false);
    private static readonly Metric Unanswered = new("unanswered", "unanswered", 0, false);
    private static readonly Metric Recovery = new("recoverySeconds", "recovery s", 2, false);

    public override async Task<ScenarioResult> RunAsync(BenchContext context, CancellationToken cancellation)
    {
        await using var service = await SlowService.StartAsync(context.Time, cancellation);
        var subject = new HeadgateSubject { Document = ForwardDocument.WriteGuarded, Arguments = ["--service", $"slow={service.Address}"] };
        await using var bed = await TestBed.StartAsync(context, [subject], CorePlacement.Pinned(), cancellation);
        if (bed.Running.Count == 0)
            return ResultOf(bed.Failures);
        using var load = new OpenLoopLoad(new Uri(bed.Running[0].Address, NginxUpstream.SmallPath), context.Time);
        var length = context.Options.Duration < TimeSpan.FromSeconds(2) ? context.Options.Duration : Long;
        var capacity = await FindCapacityAsync(context, load, cancellation);

        var overloaded = await load.RunAsync(capacity * Overload, length, cancellation);
        var goodput = overloaded.Count(answer => answer.IsGood) / length.TotalSeconds;
        context.Say(string.Create(CultureInfo.InvariantCulture, $"   capacity {capacity:0}/s, goodput at {Overload} × {goodput:0}/s"));
        var after = await load.RunAsync(capacity * Afterwards, TimeSpan.FromSeconds(5), cancellation);

        var rows = new Samples();
        rows.Add(Metric.RequestsPerSecond, goodput);
        AddLatencies(rows, overloaded);
        rows.Add(Lost, 100 * (1 - (goodput / capacity)));
        rows.Add(Refused, overloaded.Count(answer => answer.Status == 503) / length.TotalSeconds);
        rows.Add(Unanswered, overloaded.Count(answer => answer.Status is not (200 or 503)));
        rows.Add(Recovery, RecoveryOf(after).TotalSeconds);
        var alone = new Samples();
        alone.Add(Metric.RequestsPerSecond, capacity);
        return ResultOf([alone.ToRow("capacity"), rows.ToRow("headgate")]);
    }

    // The rate at which it answers when it always has something to do, and refuses nothing: the best of some steps.
    private static async Task<double> FindCapacityAsync(BenchContext context, OpenLoopLoad load, CancellationToken cancellation)
    {
        await load.RunAsync(1_000, context.Options.WarmUp, cancellation);
        var best = 0.0;
        foreach (var rate in Enumerable.Range(4, 16).Select(step => step * 200.0))
        {
            var answers = await load.RunAsync(rate, TimeSpan.FromSeconds(1), cancellation);
            best = Math.Max(best, answers.Count(answer => answer.IsGood));
            if (answers.Count(answer => !answer.IsGood) > answers.Count / 10)
                break;
        }
        return best;
    }

    private static void AddLatencies(Samples rows, IReadOnlyList<Answered> answers)
    {
        double[] good = [.. answers.Where(answer => answer.IsGood).Select(answer => answer.Took.TotalMilliseconds).Order()];
        if (good.Length == 0)
            return;
        rows.Add(Metric.P50Milliseconds, good[good.Length / 2]);
        rows.Add(Metric.P99Milliseconds, good[(int)(good.Length * 0.99)]);
    }

    // The end of the last stretch in which not every request was served.
    private static TimeSpan RecoveryOf(IReadOnlyList<Answered> answers)
    {
        var failed = answers.Where(answer => !answer.IsGood).Select(answer => answer.SentAt).DefaultIfEmpty(TimeSpan.Zero - Window).Max();
        return failed + Window;
    }

    private ScenarioResult ResultOf(IReadOnlyList<ResultRow> rows) => new(Name, Description, [Metric.RequestsPerSecond, Metric.P50Milliseconds, Metric.P99Milliseconds, Lost, Refused, Unanswered, Recovery], rows)
    {
        Baselines = ["capacity"],
        Budgets = [new Budget("headgate", Lost, 10), new Budget("headgate", Metric.P99Milliseconds, 100), new Budget("headgate", Recovery, 2), new Budget("headgate", Unanswered, 0)],
        Note = "Requests are sent at their rate whether or not those before are answered. Latencies are those of served requests. Service and load share a core.",
    };
}
