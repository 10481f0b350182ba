using Headgate.Bench.Measurements;
using Headgate.Bench.Processes;

namespace Headgate.Bench.Subjects;

/// <summary>The upstream and the subjects of one scenario, all running side by side; disposal stops them.</summary>
internal sealed class TestBed : IAsyncDisposable
{
    private readonly RunningSubject upstream;
    private readonly List<RunningSubject> running = [];
    private readonly List<ResultRow> failures = [];

    private TestBed(RunningSubject upstream, CorePlacement placement)
    {
        this.upstream = upstream;
        Placement = placement;
    }

    public CorePlacement Placement { get; }

    /// <summary>The subjects that started, in the order given.</summary>
    public IReadOnlyList<RunningSubject> Running => running;

    /// <summary>A row with the reason for each subject that did not start: none is dropped silently.</summary>
    public IReadOnlyList<ResultRow> Failures => failures;

    /// <summary>Starts the upstream and every chosen subject.</summary>
    /// <exception cref="MeasurementFailedException">The upstream did not start: nothing can be measured.</exception>
    public static async Task<TestBed> StartAsync(
        BenchContext context, IEnumerable<Subject> subjects, CorePlacement placement, CancellationToken cancellation)
    {
        var upstream = await NginxUpstream.StartAsync(context, placement.Load, cancellation);
        var bed = new TestBed(upstream, placement);
        try
        {
            foreach (var subject in subjects.Where(subject => subject.IsChosen(context.Options.SubjectNames)).SelectMany(subject => WithCompared(subject, context.Options)))
                await bed.AddAsync(subject, new SubjectStart(context, upstream, placement.Subject), cancellation);
            return bed;
        }
        catch
        {
            await bed.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var subject in running)
            await subject.DisposeAsync();
        await upstream.DisposeAsync();
    }

    private static IEnumerable<Subject> WithCompared(Subject subject, BenchOptions options) =>
        subject is HeadgateSubject own && options.ComparedProgram is { } program ? [own, own.RunBy(program)] : [subject];

    private async Task AddAsync(Subject subject, SubjectStart start, CancellationToken cancellation)
    {
        try
        {
            running.Add(await subject.StartAsync(start, cancellation));
        }
        catch (MeasurementFailedException failed)
        {
            start.Context.Say($"   {subject.Name} did not start: {failed.Message}");
            failures.Add(new ResultRow(subject.Name) { Failure = failed.Message });
        }
    }
}
