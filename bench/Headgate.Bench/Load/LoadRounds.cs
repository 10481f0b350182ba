using System.Globalization;
using Headgate.Bench.Measurements;
using Headgate.Bench.Processes;
using Headgate.Bench.Subjects;

namespace Headgate.Bench.Load;

/// <summary>
/// Measures the subjects of a bed in turn, round after round: what drifts (clock rate, neighbours) drifts for all alike
/// and cancels in the ratios.
/// </summary>
internal sealed class LoadRounds(BenchContext context, TestBed bed)
{
    // A warm-up ends when a request costs no less than it did and next to nothing is compiled, twice in a row: code that is still being compiled is not what is measured, and what
    // needs none does not wait.
    private const int WindowsPerWarmUp = 4;
    private const int MostWarmUps = 12;
    private const int WindowsAtRest = 2;
    private const double Cheaper = 0.98;
    private const double Compiling = 0.01;

    private readonly WrkGenerator generator = new(context);
    private readonly Dictionary<RunningSubject, Samples> samples = [];
    private readonly Dictionary<RunningSubject, string> failures = [];

    /// <summary>The columns that <see cref="MeasureAsync"/> fills.</summary>
    public static IReadOnlyList<Metric> Columns { get; } =
    [
        Metric.RequestsPerSecond, Metric.CpuMicrosecondsPerRequest, Metric.P50Milliseconds, Metric.P99Milliseconds,
        Metric.ResidentMebibytes, Metric.FailedRequests,
    ];

    /// <summary>One row for each subject, those that did not start included.</summary>
    public async Task<IReadOnlyList<ResultRow>> MeasureAsync(Func<RunningSubject, LoadRequest> request, CancellationToken cancellation)
    {
        await InTurnAsync(subject =>
        {
            samples[subject] = new Samples();
            return WarmUpAsync(subject, request(subject), cancellation);
        });
        for (var round = 1; round <= context.Options.Rounds; round++)
            await InTurnAsync(subject => MeasureOnceAsync(subject, request(subject), round, cancellation));
        return [.. bed.Running.Select(Row), .. bed.Failures];
    }

    // A subject that fails once is out of the later rounds; the others go on.
    private async Task InTurnAsync(Func<RunningSubject, Task> measure)
    {
        foreach (var subject in bed.Running.Where(subject => !failures.ContainsKey(subject)))
        {
            try
            {
                await measure(subject);
            }
            catch (MeasurementFailedException failed)
            {
                context.Say($"   {subject.Name}: {failed.Message}");
                failures[subject] = failed.Message;
            }
        }
    }

    private ResultRow Row(RunningSubject subject) => failures.TryGetValue(subject, out var failure)
        ? new ResultRow(subject.Name) { Failure = failure }
        : samples[subject].ToRow(subject.Name);

    private async Task WarmUpAsync(RunningSubject subject, LoadRequest request, CancellationToken cancellation)
    {
        // wrk counts in whole seconds.
        var length = TimeSpan.FromSeconds(Math.Max(1, Math.Floor(context.Options.WarmUp.TotalSeconds / WindowsPerWarmUp)));
        var cheapest = double.PositiveInfinity;
        var atRest = 0;
        for (var spent = TimeSpan.Zero; spent < context.Options.WarmUp * MostWarmUps && atRest < WindowsAtRest; spent += length)
        {
            var compiled = await subject.CompiledAsync(cancellation);
            var (_, _, cpu) = await LoadAndWatchAsync(subject, request, length, cancellation);
            compiled = await subject.CompiledAsync(cancellation) - compiled;
            atRest = cpu < cheapest * Cheaper || compiled > length * Compiling ? 0 : atRest + 1;
            cheapest = Math.Min(cheapest, cpu);
        }
    }

    private async Task<(LoadResult Load, ProcessUsage Usage, double CpuMicroseconds)> LoadAndWatchAsync(
        RunningSubject subject, LoadRequest request, TimeSpan duration, CancellationToken cancellation)
    {
        var before = subject.Usage();
        var load = await LoadAsync(subject, request, duration, cancellation);
        var after = subject.Usage();
        return (load, after, (after.Cpu - before.Cpu).TotalMicroseconds / Math.Max(1, load.Requests));
    }

    private Task<LoadResult> LoadAsync(RunningSubject subject, LoadRequest request, TimeSpan duration, CancellationToken cancellation) =>
        generator.RunAsync(subject.Address, request, duration, bed.Placement.Load, cancellation);

    private async Task MeasureOnceAsync(RunningSubject subject, LoadRequest request, int round, CancellationToken cancellation)
    {
        var (load, usage, cpuPerRequest) = await LoadAndWatchAsync(subject, request, context.Options.Duration, cancellation);
        var figures = samples[subject];
        figures.Add(Metric.RequestsPerSecond, load.RequestsPerSecond);
        figures.Add(Metric.CpuMicrosecondsPerRequest, cpuPerRequest);
        figures.Add(Metric.P50Milliseconds, load.P50Microseconds / 1000);
        figures.Add(Metric.P99Milliseconds, load.P99Microseconds / 1000);
        figures.Add(Metric.ResidentMebibytes, usage.ResidentBytes / 1024.0 / 1024.0);
        figures.Add(Metric.FailedRequests, load.Failed);
        context.Say(string.Create(CultureInfo.InvariantCulture,
            $"   round {round}/{context.Options.Rounds} {subject.Name,-24}{load.RequestsPerSecond,9:0} req/s {cpuPerRequest,6:0.0} µs/req"));
    }
}
