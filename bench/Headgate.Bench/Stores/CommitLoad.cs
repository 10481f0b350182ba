using Headgate.Storage;
using Headgate.Storage.Migrations;

namespace Headgate.Bench.Stores;

/// <summary>Writers that each insert a row of some 200 bytes and wait until it is durable, again and again, until the time is over.</summary>
internal sealed class CommitLoad(Store store, int writers, TimeProvider time)
{
    private static readonly string Payload = new('x', 150);

    /// <summary>The table that is written to.</summary>
    public static MigrationSet Schema { get; } = new("bench", new Migration(1, "create rows", "CREATE TABLE bench_rows (id TEXT PRIMARY KEY, payload TEXT NOT NULL, made_at BIGINT NOT NULL)"));

    /// <summary>Runs for a time.</summary>
    public async Task<LatencySamples> RunAsync(TimeSpan duration, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => WriteAsync(started, duration, cancellation)));
        return new LatencySamples([.. all.SelectMany(one => one)], time.GetElapsedTime(started));
    }

    private async Task<List<double>> WriteAsync(long started, TimeSpan duration, CancellationToken cancellation)
    {
        var milliseconds = new List<double>();
        while (time.GetElapsedTime(started) < duration)
        {
            var id = Guid.CreateVersion7(time.GetUtcNow()).ToString();
            var began = time.GetTimestamp();
            await store.WriteAsync(
                session => session.ExecuteAsync("INSERT INTO bench_rows (id, payload, made_at) VALUES ($1, $2, $3)", id, Payload, time.GetUtcNow()),
                cancellation);
            milliseconds.Add(time.GetElapsedTime(began).TotalMilliseconds);
        }
        return milliseconds;
    }
}
