using System.Globalization;
using Headgate.Bench.Measurements;
using Headgate.Bench.Stores;
using Headgate.Storage;
using Headgate.Storage.Migrations;
using Headgate.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Bench.Scenarios;

/// <summary>Durable commits of the store, one by one and from many sides, beside what the disk itself costs.</summary>
internal sealed class StoreScenario() : Scenario("store", "durable commits of one row: 1 and 64 writers, SQLite and PostgreSQL, beside a bare fsync of 4 KiB")
{
    private const string Disk = "fsync alone";
    private static readonly int[] WriterCounts = [1, 64];
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(2);

    public override async Task<ScenarioResult> RunAsync(BenchContext context, CancellationToken cancellation)
    {
        await using PostgreSqlCluster? cluster = PostgreSqlCluster.Programs is null ? null : await PostgreSqlCluster.StartAsync(durable: true);
        var stores = new List<(string Name, Store Store)> { ("SQLite", await OpenAsync(context, StoreLocation.OfFile(Path.Combine(context.Folder, "bench.db")), [CommitLoad.Schema], cancellation)) };
        if (cluster is not null)
            stores.Add(("PostgreSQL", await OpenAsync(context, Location(await cluster.CreateDatabaseAsync()), [CommitLoad.Schema], cancellation)));

        var samples = await MeasureAsync(context, stores, cancellation);
        foreach (var (_, store) in stores)
            await store.DisposeAsync();
        return new ScenarioResult(Name, Description, [Metric.CommitsPerSecond, Metric.P50Milliseconds, Metric.P99Milliseconds], [.. samples.Select(entry => entry.Value.ToRow(entry.Key))])
        {
            Baselines = [Disk],
            Note = cluster is null
                ? "PostgreSQL is not installed on this machine. All on the disk of the temporary folder."
                : "PostgreSQL runs on the same machine with its own defaults. All on the disk of the temporary folder.",
        };
    }

    private static async Task<Dictionary<string, Samples>> MeasureAsync(BenchContext context, List<(string Name, Store Store)> stores, CancellationToken cancellation)
    {
        var samples = new Dictionary<string, Samples> { [Disk] = new() };
        var warmUp = context.Options.WarmUp < LongestWarmUp ? context.Options.WarmUp : LongestWarmUp;
        foreach (var (_, store) in stores)
            await new CommitLoad(store, WriterCounts[^1], context.Time).RunAsync(warmUp, cancellation);

        for (var round = 1; round <= context.Options.Rounds; round++)
        {
            DiskLoad.Run(context.Folder, context.Options.Duration, context.Time, cancellation).AddTo(samples[Disk]);
            foreach (var (name, store) in stores)
            {
                foreach (var writers in WriterCounts)
                {
                    var subject = string.Create(CultureInfo.InvariantCulture, $"{name}, {writers} {(writers == 1 ? "writer" : "writers")}");
                    samples.TryAdd(subject, new Samples());
                    (await new CommitLoad(store, writers, context.Time).RunAsync(context.Options.Duration, cancellation)).AddTo(samples[subject]);
                    context.Say($"   round {round}/{context.Options.Rounds} {subject}");
                }
            }
        }
        return samples;
    }

    /// <summary>Opens a store with tables for a measurement.</summary>
    /// <exception cref="MeasurementFailedException">It cannot be opened.</exception>
    public static async Task<Store> OpenAsync(BenchContext context, StoreLocation location, IReadOnlyList<MigrationSet> schema, CancellationToken cancellation)
    {
        var store = Store.Create(location, new StoreOptions(), schema, NullLogger.Instance, context.Time);
        try
        {
            await store.OpenAsync(cancellation);
            return store;
        }
        catch (StoreException failed)
        {
            await store.DisposeAsync();
            throw new MeasurementFailedException(failed.Message);
        }
    }

    /// <summary>The store of a server's URL.</summary>
    public static StoreLocation Location(string url) =>
        StoreLocation.TryParse(url, out var location, out var reason) ? location : throw new MeasurementFailedException(reason);
}
