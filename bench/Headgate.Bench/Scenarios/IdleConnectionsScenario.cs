using System.Globalization;
using Headgate.Bench.Load;
using Headgate.Bench.Measurements;
using Headgate.Bench.Processes;
using Headgate.Bench.Subjects;

namespace Headgate.Bench.Scenarios;

/// <summary>What a connection costs that made one request and stays open.</summary>
internal sealed class IdleConnectionsScenario()
    : Scenario("idle-connections", "memory of idle keep-alive connections, each after one request")
{
    private static readonly TimeSpan OpenBound = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);

    public override async Task<ScenarioResult> RunAsync(BenchContext context, CancellationToken cancellation)
    {
        Subject[] subjects = [new HaproxySubject(), new NginxSubject(), new HeadgateSubject()];
        await using var bed = await TestBed.StartAsync(context, subjects, CorePlacement.Pinned(), cancellation);
        var rows = new List<ResultRow>();
        foreach (var subject in bed.Running)
            rows.Add(await MeasureAsync(context, bed, subject, cancellation));

        return new ScenarioResult(Name, Description, [Metric.KibibytesPerConnection, Metric.ResidentMebibytes], [.. rows, .. bed.Failures])
        {
            Budgets = [new Budget("headgate", Metric.KibibytesPerConnection, 16)],
            Note = string.Create(CultureInfo.InvariantCulture, $"{context.Options.IdleConnections:N0} connections; growth of RSS over the process warmed up with 64."),
        };
    }

    private static async Task<ResultRow> MeasureAsync(BenchContext context, TestBed bed, RunningSubject subject, CancellationToken cancellation)
    {
        try
        {
            // Code is compiled and pools are filled first: what grows afterwards belongs to the connections.
            await new WrkGenerator(context).RunAsync(
                subject.Address, new LoadRequest(NginxUpstream.SmallPath), context.Options.WarmUp, bed.Placement.Load, cancellation);
            return (await HoldAsync(context, subject, cancellation)).ToRow(subject.Name);
        }
        catch (MeasurementFailedException failed)
        {
            return new ResultRow(subject.Name) { Failure = failed.Message };
        }
    }

    private static async Task<Samples> HoldAsync(BenchContext context, RunningSubject subject, CancellationToken cancellation)
    {
        var count = context.Options.IdleConnections;
        var before = subject.Usage().ResidentBytes;
        await using var connections = new IdleConnections(subject.Address, NginxUpstream.SmallPath);
        using var bound = new CancellationTokenSource(OpenBound, context.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellation);
        try
        {
            await connections.OpenAsync(count, both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new MeasurementFailedException($"{count} connections were not open and answered within {OpenBound.TotalSeconds:0} s");
        }
        await Task.Delay(Settle, context.Time, cancellation);
        var after = subject.Usage().ResidentBytes;

        var answering = await connections.CountOpenAsync(cancellation);
        context.Say($"   {subject.Name}: {count} connections open, {answering} still answer");
        if (answering < count)
            throw new MeasurementFailedException($"only {answering} of {count} idle connections stayed open");
        var samples = new Samples();
        samples.Add(Metric.KibibytesPerConnection, (after - before) / 1024.0 / count);
        samples.Add(Metric.ResidentMebibytes, after / 1024.0 / 1024.0);
        return samples;
    }
}
