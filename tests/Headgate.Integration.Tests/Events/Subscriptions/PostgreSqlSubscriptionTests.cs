using System.Collections.Concurrent;
using Headgate.Integration.Events.Log;
using Headgate.Integration.Events.Subscriptions;
using Headgate.Integration.Tests.Events.Log;
using Headgate.Storage;
using Headgate.Storage.Leases;
using Headgate.Storage.Tests.Support;

namespace Headgate.Integration.Tests.Events.Subscriptions;

public sealed class PostgreSqlSubscriptionTests(SharedCluster cluster) : SubscriptionCompliance
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // Whoever has something to do and no share of it waits for nothing else: each instance that comes gets its part, and leaves it to the others.
    [Fact]
    public async Task Instances_ThatComeAndGo_HaveTheirShare_AndTakeEachEventOnce_InOrder()
    {
        StoreLocation location = await NewLocationAsync();
        await using RunningLog running = await RunningLog.StartAsync(location);
        var inOrder = new ConcurrentDictionary<string, ConcurrentQueue<string>>();
        await using RunningConsumer one = Start(running, inOrder);
        await SharesAsync(running, 6);
        await using RunningConsumer two = Start(running, inOrder);
        await AppendAsync(running, 0);
        await SharesAsync(running, 3, 3);
        await using RunningConsumer three = Start(running, inOrder);
        await AppendAsync(running, 1);
        await SharesAsync(running, 2, 2, 2);
        await one.StopAsync();
        await AppendAsync(running, 2);
        await SharesAsync(running, 3, 3);
        await two.StopAsync();
        await AppendAsync(running, 3);
        await SharesAsync(running, 6);

        await Until.TrueAsync(() => inOrder.Values.Sum(taken => taken.Count) >= 400, "all are taken");
        Assert.All(inOrder, aggregate => Assert.Equal(Enumerable.Range(0, 40).Select(i => $"{aggregate.Key}-{i:00}"), aggregate.Value));
        Assert.NotEmpty(two.Taken);
        Assert.NotEmpty(three.Taken);
    }

    [Fact]
    public async Task Instance_ThatDiesWithoutAWord_IsNoLongerCountedOn()
    {
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync());
        await running.Store.WriteAsync(session => session.ExecuteAsync("INSERT INTO headgate_event_members (subscription, member, deadline) VALUES ('test', 'dead', 1)"), Stop);
        await using RunningConsumer one = Start(running, []);

        await SharesAsync(running, 6);
    }

    // Commands are serializable: those that read each other's partitions would have to be repeated again and again. The server tells how many were, a second late.
    [Fact]
    public async Task Partitions_ThatAreSavedAtOnce_DoNotConflict()
    {
        const int Saves = 100;
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync());
        var subscription = new EventSubscription { Name = "test", Filter = EventFilter.Everything, Consumer = (_, _) => Task.CompletedTask, Partitions = 6 };
        await running.Store.WriteAsync(session => SubscriptionTable.EnsureAsync(session, subscription), Stop);
        var leases = new LeaseTable(running.Store, TimeProvider.System);
        PartitionStore[] partitions = [.. Enumerable.Range(0, subscription.Partitions).Select(part => new PartitionStore(subscription, part, running.Store, leases, "me", TimeProvider.System))];
        foreach (PartitionStore partition in partitions)
            Assert.True(await partition.TryTakeAsync(Stop));
        (long commitsBefore, long repeatedBefore) = await TransactionsAsync(running);

        await Task.WhenAll(partitions.Select(async partition =>
        {
            for (int position = 1; position <= Saves; position++)
                await partition.SaveAsync(new PartitionProgress(position), Stop);
        }));

        await Until.TrueAsync(async () => (await TransactionsAsync(running)).Commits - commitsBefore >= Saves * partitions.Length, "the server has counted them");
        Assert.InRange((await TransactionsAsync(running)).Repeated - repeatedBefore, 0, Saves * partitions.Length / 10);
    }

    [Theory]
    [InlineData(4, 3, "2 1 1")]
    [InlineData(4, 4, "1 1 1 1")]
    [InlineData(2, 3, "1 1 0")]
    [InlineData(64, 1, "64")]
    public void Shares_AreAllOfThem_AndDifferByOneAtMost(int partitions, int members, string shares) =>
        Assert.Equal(shares, string.Join(' ', Enumerable.Range(0, members).Select(position => PartitionShare.Of(partitions, members, position))));

    private protected override Task<StoreLocation> NewLocationAsync() => cluster.NewDatabaseAsync();

    private static RunningConsumer Start(RunningLog running, ConcurrentDictionary<string, ConcurrentQueue<string>> inOrder) => RunningConsumer.Start(
        running,
        (stored, _) =>
        {
            inOrder.GetOrAdd(stored.Event.AggregateId, _ => new()).Enqueue(stored.Event.ProducerId!);
            return Task.CompletedTask;
        },
        wanted => wanted with { Partitions = 6 });

    private static Task<IReadOnlyList<AppendedEvent>> AppendAsync(RunningLog running, int round) => running.AppendAsync(
        [.. Enumerable.Range(round * 10, 10).SelectMany(i => Enumerable.Range(0, 10).Select(aggregate => RunningLog.Event($"{aggregate}-{i:00}", aggregate: $"{aggregate}")))]);

    private static async Task<(long Commits, long Repeated)> TransactionsAsync(RunningLog running) => await running.Store.ReadAsync(
        session => session.FindAsync("SELECT xact_commit, xact_rollback FROM pg_stat_database WHERE datname = current_database()", row => (row.GetInt64(0), row.GetInt64(1))), Stop);

    private static Task SharesAsync(RunningLog running, params int[] shares) => Until.TrueAsync(
        async () => (await running.Store.ReadAsync(
            session => session.ListAsync("SELECT COUNT(*) FROM headgate_leases WHERE name LIKE 'events/test/%' AND deadline > 0 GROUP BY owner", row => row.GetInt32(0)), Stop))
            .Order().SequenceEqual(shares), $"partitions are held {string.Join(' ', shares)}");
}
