using Headgate.Storage.Migrations;
using Headgate.Storage.Tests.Support;

namespace Headgate.Storage.Tests.Faults;

/// <summary>A process that ends without a chance to say goodbye has lost nothing that it had acknowledged.</summary>
public sealed class CrashTests(SharedCluster cluster) : IDisposable
{
    private static readonly MigrationSet s_rows = new("rows", new Migration(1, "create rows", "CREATE TABLE rows (id TEXT PRIMARY KEY, payload TEXT NOT NULL)"));

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(StoreEngine.Sqlite, 20)]
    [InlineData(StoreEngine.Sqlite, 300)]
    [InlineData(StoreEngine.Sqlite, 3000)]
    [InlineData(StoreEngine.PostgreSql, 300)]
    public async Task Kill_InTheMiddleOfWrites_LosesNothingAcknowledged(StoreEngine engine, int linesBefore)
    {
        StoreLocation location = engine == StoreEngine.Sqlite ? _folder.Store : await cluster.NewDatabaseAsync();
        var acknowledged = new List<string>();
        await using (WorkerProcess worker = WorkerProcess.Start("write", location.ToString()))
        {
            while (acknowledged.Count < linesBefore && await worker.ReadLineAsync() is { } line)
                acknowledged.Add(line);
            worker.Kill();

            // What was acknowledged up to the kill is in the pipe still; its last line may be cut off.
            while (await worker.ReadLineAsync() is { } line)
                acknowledged.Add(line);
            await worker.WaitAsync();
        }

        Assert.True(acknowledged.Count >= linesBefore, $"{acknowledged.Count} lines only");
        acknowledged.RemoveAt(acknowledged.Count - 1);
        await using Store store = await TestStore.OpenAsync(location, schema: s_rows);
        HashSet<string> kept = [.. await store.ReadAsync(session => session.ListAsync("SELECT id FROM rows WHERE LENGTH(payload) = 500", row => row.GetString(0)), Stop)];
        Assert.Empty(acknowledged.Except(kept));
        Assert.Empty(store.Applied);
    }

    [Fact]
    public async Task Kill_BeforeACommit_LeavesNoLockBehind()
    {
        await using (WorkerProcess worker = WorkerProcess.Start("hold", _folder.Store.ToString()))
        {
            Assert.Equal("held", await worker.ReadLineAsync());
            worker.Kill();
            await worker.WaitAsync();
        }

        await using Store store = await TestStore.OpenAsync(_folder.Store, schema: s_rows);
        Assert.True(store.Health.IsHealthy);
    }
}
