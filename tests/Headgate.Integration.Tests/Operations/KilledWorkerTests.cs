using System.Text.Json;
using Headgate.Integration.Operations;
using Headgate.Storage;
using Headgate.Storage.Tests.Support;

namespace Headgate.Integration.Tests.Operations;

/// <summary>
/// Real processes that are killed, or stopped for longer than their lease, at random moments. Their clock is twenty times as fast as the real one. Afterwards nothing is under way, and the
/// log of each operation has each step once, in order: a process that woke up too late changed nothing.
/// </summary>
public sealed class KilledWorkerTests(SharedCluster cluster)
{
    private const int Steps = 8;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Workers_KilledAndStoppedAtRandom_LeaveNoOperationInProgress_AndDoNoStepTwice()
    {
        string location = await cluster.NewUrlAsync();
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        var ids = new List<string>();
        var workers = new List<KillableWorker>();
        try
        {
            for (int i = 0; i < 3; i++)
                workers.Add(await KillableWorker.StartAsync(location, 40, ids));
            for (int round = 0; round < 8; round++)
            {
                int at = random.Next(workers.Count);
                if (round % 2 == 0)
                {
                    await workers[at].KillAsync();
                    workers[at] = await KillableWorker.StartAsync(location, 10, ids);
                }
                else
                {
                    await workers[at].PauseAsync();

                    // Others take over what it has, by their clock: it wakes up as a zombie.
                    await TakenOverAsync(SharedCluster.LocationOf(location));
                    await workers[at].WakeAsync();
                }
            }

            await EndedAsync(SharedCluster.LocationOf(location), ids, $"seed {seed}");
        }
        finally
        {
            foreach (KillableWorker worker in workers)
                await worker.DisposeAsync();
        }
    }

    [Fact]
    public async Task Worker_KilledAgainAndAgain_OnSqlite_IsGoneOnWithByTheNextStart()
    {
        using var folder = new TemporaryFolder();
        var ids = new List<string>();
        for (int round = 0; round < 4; round++)
        {
            await using KillableWorker worker = await KillableWorker.StartAsync(folder.Store.Path!, 25, ids);
            await worker.KillAsync();
        }

        await using KillableWorker last = await KillableWorker.StartAsync(folder.Store.Path!, 0, ids);
        await EndedAsync(folder.Store, ids, "sqlite");
    }

    // Until the one that stands still has nothing any more.
    private static async Task TakenOverAsync(StoreLocation location)
    {
        await using Store store = await OpenAsync(location);
        int workers = 0;
        await Until.TrueAsync(
            async () => (workers = await store.ReadAsync(session => session.FindAsync("SELECT COUNT(*) FROM headgate_operation_workers", row => row.GetInt32(0)), Stop)) == 2,
            "the others have found it dead");
        Assert.Equal(2, workers);
    }

    private static async Task EndedAsync(StoreLocation location, List<string> ids, string which)
    {
        await using Store store = await OpenAsync(location);
        await Until.TrueAsync(
            async () => await store.ReadAsync(session => session.FindAsync("SELECT COUNT(*) FROM headgate_operations WHERE ended IS NULL", row => row.GetInt64(0)), Stop) == 0,
            $"every operation has ended ({which})");
        IReadOnlyList<(string Id, string State)> operations = await store.ReadAsync(
            session => session.ListAsync("SELECT id, state FROM headgate_operations", row => (row.GetString(0), row.GetString(1))), Stop);
        Assert.Empty(ids.Except(operations.Select(operation => operation.Id)));
        Assert.All(operations, operation => Assert.True(operation.State == "succeeded", $"{operation} ({which})"));
        foreach ((string id, _) in operations)
        {
            IReadOnlyList<byte[]> told = await store.ReadAsync(
                session => session.ListAsync(
                    "SELECT payload FROM headgate_event_log WHERE aggregateid = $1 AND type = 'operation.progress_updated' ORDER BY log_offset", row => row.GetBytes(0), id),
                Stop);
            Assert.Equal(Enumerable.Range(0, Steps).Select(step => $"{step}"), told.Select(payload => JsonSerializer.Deserialize<JsonElement>(payload).GetProperty("step").GetString()));
        }
    }

    private static async Task<Store> OpenAsync(StoreLocation location)
    {
        var store = Store.Create(
            location,
            new StoreOptions(),
            [Storage.Leases.LeaseTable.Migrations, Integration.Events.Log.EventLog.Migrations, Integration.Events.Subscriptions.EventSubscriptions.Migrations, OperationRegistry.Migrations],
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance,
            TimeProvider.System);
        await store.OpenAsync(Stop);
        return store;
    }
}
