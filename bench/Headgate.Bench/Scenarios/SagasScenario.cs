using Headgate.Bench.Documents;
using Headgate.Bench.Load;
using Headgate.Bench.Measurements;
using Headgate.Bench.Processes;
using Headgate.Bench.Stores;
using Headgate.Bench.Subjects;
using Headgate.TestSupport;

namespace Headgate.Bench.Scenarios;

/// <summary>Sagas of four steps, each durable, over a service that answers from memory; beside what the disk itself costs, and what 100,000 of them leave in memory.</summary>
internal sealed class SagasScenario() : Scenario("sagas", "sagas of four durable steps over 64 connections, SQLite and PostgreSQL, beside a bare fsync of 4 KiB; memory over 100,000 sagas")
{
    private const string Sqlite = "sqlite";
    private const string PostgreSql = "postgresql";
    private const string Disk = "fsync alone";
    private const long MemorySagas = 100_000;

    private static readonly Metric WallMicroseconds = new("wallMicrosecondsPerSaga", "µs/saga", 0, false);
    private static readonly Metric Grown = new("grownMebibytes", "RSS grown MiB", 1, false);

    public override async Task<ScenarioResult> RunAsync(BenchContext context, CancellationToken cancellation)
    {
        await using PostgreSqlCluster? cluster = PostgreSqlCluster.Programs is null ? null : await PostgreSqlCluster.StartAsync(durable: true);
        List<Subject> subjects = [new HeadgateSubject(Sqlite) { Document = SagaDocument.Write, Service = "upstream" }];
        if (cluster is not null)
            subjects.Add(new HeadgateSubject(PostgreSql) { Document = SagaDocument.Write, Service = "upstream", Arguments = ["--store", await cluster.CreateDatabaseAsync()] });
        await using var bed = await TestBed.StartAsync(context, subjects, CorePlacement.Unpinned, cancellation);
        var load = new LoadRequest(NginxUpstream.PostPath) { Method = "POST", BodyBytes = 200 };
        var disk = new Samples();
        DiskLoad.Run(context.Folder, context.Options.Duration, context.Time, cancellation).AddTo(disk);
        IReadOnlyList<ResultRow> rows = await new LoadRounds(context, bed).MeasureAsync(_ => load, cancellation);
        var measured = new List<ResultRow>();
        foreach (var row in rows)
            measured.Add(bed.Running.FirstOrDefault(subject => subject.Name == row.Subject) is { } subject && row.IsSound ? await WithMemoryAsync(context, bed, subject, row, load, cancellation) : row);
        return new ScenarioResult(
            Name, Description,
            [Metric.RequestsPerSecond, WallMicroseconds, Metric.CpuMicrosecondsPerRequest, Metric.CommitsPerSecond, Metric.P50Milliseconds, Metric.P99Milliseconds, Metric.ResidentMebibytes, Grown, Metric.FailedRequests],
            [disk.ToRow(Disk), .. measured])
        {
            Baselines = [],
            Budgets = [new Budget(Sqlite, WallMicroseconds, 667), new Budget(PostgreSql, WallMicroseconds, 1_250)],
            Note = "A request is a saga: its start and four answers are five durable writes with five events. All processes share all cores, the load and the service included; a PostgreSQL server's own CPU is not in the figure. "
                + "The budgets are 1,500 and 800 sagas a second. Memory is read before and after 100,000 further sagas; a measurement of under five seconds a round leaves them out.",
        };
    }

    private static async Task<ResultRow> WithMemoryAsync(BenchContext context, TestBed bed, RunningSubject subject, ResultRow row, LoadRequest load, CancellationToken cancellation)
    {
        var figures = new Dictionary<Metric, IReadOnlyList<double>>(row.Rounds) { [WallMicroseconds] = [.. row.Rounds[Metric.RequestsPerSecond].Select(rate => 1_000_000 / rate)] };
        if (context.Options.Duration >= TimeSpan.FromSeconds(5))
        {
            var generator = new WrkGenerator(context);
            var before = subject.Usage().ResidentBytes;
            for (long sagas = 0; sagas < MemorySagas;)
                sagas += (await generator.RunAsync(subject.Address, load, context.Options.Duration, bed.Placement.Load, cancellation)).Requests;
            figures[Grown] = [(subject.Usage().ResidentBytes - before) / 1024.0 / 1024.0];
        }
        return row with { Rounds = figures };
    }
}
