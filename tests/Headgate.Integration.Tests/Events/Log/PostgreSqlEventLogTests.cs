using Headgate.Integration.Events.Log;
using Headgate.Storage;
using Headgate.Storage.Tests.Support;

namespace Headgate.Integration.Tests.Events.Log;

public sealed class PostgreSqlEventLogTests(SharedCluster cluster) : EventLogCompliance
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected override Task<StoreLocation> NewLocationAsync() => cluster.NewDatabaseAsync();

    // The number of arrival is what an offset would be that is taken inside the transaction: a reader that went by it loses the event that was appended first.
    [Fact]
    public async Task Reader_WhileAnEarlierAppendIsStillOpen_SkipsNothing_AsOneByArrivalDoes()
    {
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync());
        var appended = new TaskCompletionSource();
        var commit = new TaskCompletionSource();
        Task<int> slow = running.Store.WriteAsync(
            async session =>
            {
                await running.Log.AppendAsync(session, [RunningLog.Event("slow")]);
                appended.TrySetResult();
                await commit.Task;
                return 0;
            },
            Stop);
        await appended.Task;
        await running.AppendAsync(RunningLog.Event("fast"));

        StoredEvent first = Assert.Single(await running.ReadAsync(1));
        long arrival = Assert.Single(await ArrivalsAfterAsync(running, 0));
        Assert.Equal("fast", first.Event.ProducerId);

        commit.SetResult();
        await slow;
        Assert.Equal(EventWait.Appended, await running.Log.WaitAsync(first.Offset, EventFilter.Everything, TimeSpan.FromSeconds(20), "caller", Stop));
        Assert.Equal("slow", Assert.Single((await running.Log.ReadAsync(first.Offset, EventFilter.Everything, 10, Stop)).Events).Event.ProducerId);
        Assert.Empty(await ArrivalsAfterAsync(running, arrival));
    }

    [Fact]
    public async Task Appenders_OfTwoInstancesAtOnce_LoseNothingAndKeepEachAggregateInOrder()
    {
        const int appenders = 8;
        const int each = 40;
        StoreLocation location = await NewLocationAsync();
        await using RunningLog one = await RunningLog.StartAsync(location);
        await using RunningLog two = await RunningLog.StartAsync(location);
        Task<IReadOnlyList<StoredEvent>>[] readers = [.. new[] { one, two, one }.Select(running => running.ReadAsync(appenders * each))];
        await Task.WhenAll(Enumerable.Range(0, appenders).Select(async appender =>
        {
            for (int i = 0; i < each; i++)
                await (i % 2 == 0 ? one : two).AppendAsync(RunningLog.Event($"{appender}-{i}", aggregate: $"{appender}"));
        }));

        foreach (IReadOnlyList<StoredEvent> read in await Task.WhenAll(readers))
        {
            Assert.Equal(Enumerable.Range(1, appenders * each).Select(offset => (long)offset), read.Select(stored => stored.Offset));
            foreach (IGrouping<string, StoredEvent> aggregate in read.GroupBy(stored => stored.Event.AggregateId))
                Assert.Equal(Enumerable.Range(0, each).Select(i => $"{aggregate.Key}-{i}"), aggregate.Select(stored => stored.Event.ProducerId));
        }
    }

    // The process that appended it died between its commit and giving the offset: nothing waits for that process.
    [Fact]
    public async Task Event_LeftWithoutAnOffset_GetsOneFromAnyInstance()
    {
        StoreLocation location = await NewLocationAsync();
        await using RunningLog gone = await RunningLog.StartAsync(location);
        var idle = new EventLog(gone.Store, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<EventLog>.Instance);
        await idle.AppendAsync([RunningLog.Event("left")], Stop);
        await using RunningLog other = await RunningLog.StartAsync(location);
        Assert.Equal("left", Assert.Single(await other.ReadAsync(1)).Event.ProducerId);
    }

    private static Task<IReadOnlyList<long>> ArrivalsAfterAsync(RunningLog running, long after) =>
        running.Store.ReadAsync(session => session.ListAsync("SELECT arrival FROM headgate_events WHERE arrival > $1 ORDER BY arrival", row => row.GetInt64(0), after), Stop);
}
