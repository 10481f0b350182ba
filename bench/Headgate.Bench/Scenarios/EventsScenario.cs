using Headgate.Bench.Measurements;
using Headgate.Bench.Stores;
using Headgate.Gateway.Background;
using Headgate.Integration.Events.Log;
using Headgate.Storage;
using Headgate.Storage.Leases;
using Headgate.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Bench.Scenarios;

/// <summary>Durable appends to the event log, grouped and one by one, and how far a reader is behind at a steady pace.</summary>
internal sealed class EventsScenario() : Scenario("events", "durable appends to the event log: 100 at once, from 64 sides one by one, and at a pace with a reader; SQLite and PostgreSQL")
{
    private const string Grouped = "100 at once";
    private const string Paced = "20,000 events/s and a reader";
    private const string PacedElsewhere = "5,000 events/s and a reader of another instance";

    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(2);

    // 100 events every 5 ms.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    // 100 events every 20 ms: what PostgreSQL takes without falling behind.
    private static readonly TimeSpan LongPause = TimeSpan.FromMilliseconds(20);

    public override async Task<ScenarioResult> RunAsync(BenchContext context, CancellationToken cancellation)
    {
        await using PostgreSqlCluster? cluster = PostgreSqlCluster.Programs is null ? null : await PostgreSqlCluster.StartAsync(durable: true);
        var samples = new Dictionary<string, Samples>();
        await MeasureAsync(context, "SQLite", StoreLocation.OfFile(Path.Combine(context.Folder, "events.db")), samples, cancellation);
        if (cluster is not null)
            await MeasureAsync(context, "PostgreSQL", StoreScenario.Location(await cluster.CreateDatabaseAsync()), samples, cancellation);
        return new ScenarioResult(
            Name, Description,
            [Metric.EventsPerSecond, Metric.CpuMicrosecondsPerEvent, Metric.P50Milliseconds, Metric.P99Milliseconds, Metric.LagP99Milliseconds],
            [.. samples.Select(entry => entry.Value.ToRow(entry.Key))])
        {
            Baselines = [],
            Budgets =
            [
                new Budget($"SQLite, {Grouped}", Metric.EventsPerSecond, 20_000) { IsFloor = true },
                new Budget($"SQLite, {Paced}", Metric.LagP99Milliseconds, 20),
                new Budget($"PostgreSQL, {PacedElsewhere}", Metric.LagP99Milliseconds, 20),
            ],
            Note = "p50 and p99 are those of one append, whatever it holds. CPU is that of the benchmark's process: appenders, log, reader, and SQLite itself; a PostgreSQL server's own is not in it. "
                + "The lag is from the beginning of an append to the reader having the event.",
        };
    }

    private static async Task MeasureAsync(BenchContext context, string engine, StoreLocation location, Dictionary<string, Samples> samples, CancellationToken cancellation)
    {
        await using var store = await StoreScenario.OpenAsync(context, location, [LeaseTable.Migrations, EventLog.Migrations], cancellation);
        await using var otherStore = location.Engine == StoreEngine.Sqlite ? null : await StoreScenario.OpenAsync(context, location, [LeaseTable.Migrations, EventLog.Migrations], cancellation);
        var log = new EventLog(store, context.Time, NullLogger<EventLog>.Instance);
        var other = otherStore is null ? log : new EventLog(otherStore, context.Time, NullLogger<EventLog>.Instance);
        await using var background = new BackgroundWork(context.Time, NullLogger<BackgroundWork>.Instance);
        log.Begin(background);
        if (otherStore is not null)
            other.Begin(background);
        List<(string Name, EventLoad Load)> loads =
        [
            ($"{engine}, {Grouped}", new EventLoad(log, log, appenders: 1, batch: 100, pause: null, context.Time)),
            ($"{engine}, 64 appenders", new EventLoad(log, log, appenders: 64, batch: 1, pause: null, context.Time)),
            ($"{engine}, {Paced}", new EventLoad(log, log, appenders: 1, batch: 100, Pause, context.Time)),
        ];
        if (otherStore is not null)
            loads.Add(($"{engine}, {PacedElsewhere}", new EventLoad(log, other, appenders: 1, batch: 100, LongPause, context.Time)));
        var warmUp = context.Options.WarmUp < LongestWarmUp ? context.Options.WarmUp : LongestWarmUp;
        foreach (var (_, load) in loads)
            await load.RunAsync(warmUp, new Samples(), cancellation);
        for (var round = 1; round <= context.Options.Rounds; round++)
        {
            foreach (var (name, load) in loads)
            {
                samples.TryAdd(name, new Samples());
                await load.RunAsync(context.Options.Duration, samples[name], cancellation);
                context.Say($"   round {round}/{context.Options.Rounds} {name}");
            }
        }
    }
}
