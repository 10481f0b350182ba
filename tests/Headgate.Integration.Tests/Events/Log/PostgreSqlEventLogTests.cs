using Headgate.Gateway.Tests.Telemetry;
using Headgate.Integration.Events.Log;
using Headgate.Storage;
using Headgate.Storage.Migrations;
using Headgate.Storage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Integration.Tests.Events.Log;

public sealed class PostgreSqlEventLogTests(SharedCluster cluster) : EventLogCompliance
{
    // The word with which each begins is the last that its connection said.
    private const string Listeners = "FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle' AND query = 'NOTIFY headgate_events'";

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

    // The reader's clock stands, so that it never looks by itself: it is told.
    [Fact]
    public async Task Reader_OfAnotherInstance_IsTold_WithoutLooking()
    {
        StoreLocation location = await NewLocationAsync();
        await using RunningLog one = await RunningLog.StartAsync(location);
        await using RunningLog two = await RunningLog.StartAsync(location, logTime: new StillTime());
        await ListenersAsync(one, 2);

        for (int i = 1; i <= 20; i++)
        {
            Task<EventWait> waiting = two.Log.WaitAsync(i - 1, EventFilter.Everything, TimeSpan.FromSeconds(20), "caller", Stop);
            await one.AppendAsync(RunningLog.Event($"{i}"));
            Assert.Equal(EventWait.Appended, await waiting.WaitAsync(TimeSpan.FromSeconds(20), Stop));
            Assert.Equal($"{i}", Assert.Single((await two.Log.ReadAsync(i - 1, EventFilter.Everything, 10, Stop)).Events).Event.ProducerId);
        }
    }

    [Fact]
    public async Task Reader_WhoseListenerIsCutOff_GoesOnByLooking_AndListensAgain()
    {
        StoreLocation location = await NewLocationAsync();
        await using RunningLog one = await RunningLog.StartAsync(location);
        await using RunningLog two = await RunningLog.StartAsync(location);
        await ListenersAsync(one, 2);

        Assert.Equal(2, await CutListenersAsync(one));
        await one.AppendAsync(RunningLog.Event("1"));

        Assert.Single(await two.ReadAsync(1));
        await ListenersAsync(one, 2);
    }

    // Who listens again may miss what is told meanwhile: each loss is told, not the first alone.
    [Fact]
    public async Task Listener_ThatIsLostAgain_IsToldAgain()
    {
        StoreLocation location = await NewLocationAsync();
        var messages = new RecordingLogger<EventLog>();
        await using RunningLog one = await RunningLog.StartAsync(location, logger: messages);
        await ListenersAsync(one, 1);
        Assert.DoesNotContain(messages.Messages, IsLoss);
        for (int loss = 1; loss <= 2; loss++)
        {
            Assert.Equal(1, await CutListenersAsync(one));
            await Until.TrueAsync(() => messages.Messages.Count(IsLoss) == loss, "the loss is told");
            await ListenersAsync(one, 1);
        }

        await one.AppendAsync(RunningLog.Event("1"));
        Assert.Single(await one.ReadAsync(1));
        Assert.Equal(2, messages.Messages.Count(IsLoss));

        static bool IsLoss(string message) => message.StartsWith("What other instances append is looked for every 00:00:00.05", StringComparison.Ordinal);
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
        var idle = new EventLog(gone.Store, TimeProvider.System, NullLogger<EventLog>.Instance);
        await idle.AppendAsync([RunningLog.Event("left")], Stop);
        await using RunningLog other = await RunningLog.StartAsync(location);
        Assert.Equal("left", Assert.Single(await other.ReadAsync(1)).Event.ProducerId);
    }

    // What a version before kept in the row itself, and what it had left without.
    [Fact]
    public async Task Events_OfAnEarlierVersion_KeepTheirOffsets_AndGetThose_ThatTheyLack()
    {
        StoreLocation location = await NewLocationAsync();
        await using (var before = Store.Create(location, new StoreOptions(), [new MigrationSet("events", EventLog.Migrations.Migrations[0])], NullLogger.Instance, TimeProvider.System))
        {
            await before.OpenAsync(Stop);
            foreach ((string id, long? offset) in new (string, long?)[] { ("second", 2), ("first", 1), ("third", null) })
            {
                await before.WriteAsync(
                    session => session.ExecuteAsync(
                        """
                        INSERT INTO headgate_events (log_offset, id, aggregatetype, aggregateid, type, payload, tenant, source, producerid, time, appendedat, slot)
                        VALUES ($1, $2, 'order', '1', 'order.created', $3, '', '/orders', $2, '2026-01-01T00:00:00Z', 1, 1)
                        """,
                        offset, id, "{}"u8.ToArray()),
                    Stop);
            }

            await before.WriteAsync(session => session.ExecuteAsync("UPDATE headgate_event_sequence SET last = 2"), Stop);
        }

        await using RunningLog running = await RunningLog.StartAsync(location);
        await running.AppendAsync(RunningLog.Event("fourth"));
        IReadOnlyList<StoredEvent> events = await running.ReadAsync(4);
        Assert.Equal(["first", "second", "third", "fourth"], events.Select(stored => stored.Event.ProducerId));
        Assert.Equal([1L, 2L, 3L, 4L], events.Select(stored => stored.Offset));
    }

    // A copy of the database in another server, whose transactions have lower numbers than those that the sequence has seen.
    [Fact]
    public async Task Events_OfARestoredDatabase_GetOffsets()
    {
        StoreLocation location = await NewLocationAsync();
        await using (RunningLog before = await RunningLog.StartAsync(location))
        {
            await before.AppendAsync(RunningLog.Event("1"));
            await before.ReadAsync(1);
            await before.Store.WriteAsync(session => session.ExecuteAsync("UPDATE headgate_event_sequence SET seen = '9000000000:9000000005:9000000000,9000000003'"), Stop);
        }

        await using RunningLog restored = await RunningLog.StartAsync(location);
        await restored.AppendAsync(RunningLog.Event("2"));
        Assert.Equal(["1", "2"], (await restored.ReadAsync(2)).Select(stored => stored.Event.ProducerId));
        await restored.AppendAsync(RunningLog.Event("3"));
        Assert.Equal(["1", "2", "3"], (await restored.ReadAsync(3)).Select(stored => stored.Event.ProducerId));
    }

    // Nothing stays of what waited.
    [Fact]
    public async Task Arrivals_AreGone_WhenTheyHaveTheirOffsets()
    {
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync());
        await running.AppendAsync([.. Enumerable.Range(0, 120).Select(i => RunningLog.Event($"{i}"))]);
        Assert.Equal(Enumerable.Range(1, 120).Select(offset => (long)offset), (await running.ReadAsync(120)).Select(stored => stored.Offset));
        Assert.Equal(0, await running.Store.ReadAsync(session => session.FindAsync("SELECT COUNT(*) FROM headgate_event_arrivals", row => row.GetInt64(0)), Stop));
    }

    private static Task<IReadOnlyList<long>> ArrivalsAfterAsync(RunningLog running, long after) =>
        running.Store.ReadAsync(session => session.ListAsync("SELECT arrival FROM headgate_events WHERE arrival > $1 ORDER BY arrival", row => row.GetInt64(0), after), Stop);

    private static Task ListenersAsync(RunningLog running, int count) => Until.TrueAsync(
        async () => await running.Store.ReadAsync(session => session.FindAsync($"SELECT COUNT(*) {Listeners}", row => row.GetInt64(0)), Stop) == count, $"{count} listen");

    private static Task<int> CutListenersAsync(RunningLog running) => running.Store.WriteAsync(
        async session => (await session.ListAsync($"SELECT pg_terminate_backend(pid) {Listeners}", row => row.GetBoolean(0))).Count(cut => cut), Stop);

    // A clock whose timers never fire.
    private sealed class StillTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Never();

        private sealed class Never : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
