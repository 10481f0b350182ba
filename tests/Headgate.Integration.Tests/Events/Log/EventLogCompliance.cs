using System.Text;
using Headgate.Integration.Events.Log;
using Headgate.Storage;

namespace Headgate.Integration.Tests.Events.Log;

/// <summary>What the log does alike on both engines. Each test has a store of its own.</summary>
public abstract class EventLogCompliance
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(20);

    // As people send at once.
    private const int Many = 100;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract Task<StoreLocation> NewLocationAsync();

    private async Task<RunningLog> StartAsync() => await RunningLog.StartAsync(await NewLocationAsync());

    [Fact]
    public async Task Event_AsItWasTold_IsReadBack()
    {
        await using RunningLog running = await StartAsync();
        NewEvent told = RunningLog.Event("7") with
        {
            Tenant = "acme", Payload = [0, 1, 255], Time = "2026-01-02T03:04:05.678901+02:00", CorrelationId = "c", CausationId = "d", DataSchema = "https://schemas.example/1",
            DataContentType = "application/octet-stream", Subject = "Größe 😀", Extensions = """{"sampled":true}""",
        };
        AppendedEvent appended = Assert.Single(await running.AppendAsync(told));
        StoredEvent stored = Assert.Single(await running.ReadAsync(1));
        Assert.Equal((1, appended.Id, false), (stored.Offset, stored.Id, appended.IsDuplicate));
        Assert.Equal(told.Payload, stored.Event.Payload);
        Assert.Equal(told, stored.Event with { Payload = told.Payload });
        Assert.Equal(appended.Id, (await running.Log.FindAsync(appended.Id, Stop))!.Id);
        Assert.Null(await running.Log.FindAsync("another", Stop));
    }

    // By hand, as a relay or a person reads it.
    [Fact]
    public async Task Table_HasTheColumnsOfAnOutbox()
    {
        await using RunningLog running = await StartAsync();
        AppendedEvent appended = Assert.Single(await running.AppendAsync(RunningLog.Event("7", tenant: "acme", aggregate: "ord_1") with { CorrelationId = "c", CausationId = "d", DataSchema = "https://schemas.example/1" }));
        await running.ReadAsync(1);
        var outbox = await running.Store.ReadAsync(
            session => session.FindAsync(
                "SELECT id, aggregatetype, aggregateid, type, payload FROM headgate_events",
                row => (row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), Encoding.UTF8.GetString(row.GetBytes(4)))),
            Stop);
        Assert.Equal((appended.Id, "order", "ord_1", "order.created", "{}"), outbox);
        var more = await running.Store.ReadAsync(
            session => session.FindAsync(
                "SELECT tenant, source, correlationid, causationid, dataschema, log_offset FROM headgate_event_log WHERE id = $1 AND time <> '' AND appendedat > 0",
                row => (row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt64(5)), appended.Id),
            Stop);
        Assert.Equal(("acme", "/orders", "c", "d", "https://schemas.example/1", 1), more);
    }

    [Fact]
    public async Task Event_WithoutWhatIsOptional_GetsTheLogsOwnIdAndTime()
    {
        await using RunningLog running = await StartAsync();
        await running.AppendAsync(RunningLog.Event("") with { ProducerId = null, Payload = [] });
        StoredEvent stored = Assert.Single(await running.ReadAsync(1));
        Assert.Equal(stored.Id, stored.Event.ProducerId);
        Assert.Equal(stored.AppendedAt, DateTimeOffset.Parse(stored.Event.Time!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Empty(stored.Event.Payload);
        Assert.Null(stored.Event.Tenant);
    }

    [Fact]
    public async Task Events_AndTheStateTheySpeakOf_AreKeptTogetherOrNotAtAll()
    {
        await using RunningLog running = await StartAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => running.Store.WriteAsync<int>(
            async session =>
            {
                await session.ExecuteAsync("INSERT INTO state (id, amount) VALUES ('undone', 1)");
                await running.Log.AppendAsync(session, [RunningLog.Event("undone")]);
                throw new InvalidOperationException("no");
            },
            Stop));
        await running.Store.WriteAsync(
            async session =>
            {
                await running.Log.AppendAsync(session, [RunningLog.Event("done")]);
                return await session.ExecuteAsync("INSERT INTO state (id, amount) VALUES ('done', 1)");
            },
            Stop);
        Assert.Equal("done", Assert.Single(await running.ReadAsync(1)).Event.ProducerId);
        Assert.Equal(1, await running.Log.EndAsync(Stop));
        Assert.Equal("done", await running.Store.ReadAsync(session => session.FindAsync("SELECT id FROM state", row => row.GetString(0)), Stop));
    }

    // More than one statement takes, and not a multiple.
    [Fact]
    public async Task Events_OfOneCall_KeepTheirOrder()
    {
        await using RunningLog running = await StartAsync();
        string[] ids = [.. Enumerable.Range(0, (3 * Many) + 25).Select(i => $"{i:000}")];
        await running.AppendAsync([.. ids.Select(id => RunningLog.Event(id))]);
        IReadOnlyList<StoredEvent> read = await running.ReadAsync(ids.Length);
        Assert.Equal(ids, read.Select(stored => stored.Event.ProducerId));
        Assert.Equal(Enumerable.Range(1, ids.Length).Select(offset => (long)offset), read.Select(stored => stored.Offset));
    }

    [Fact]
    public async Task Duplicates_AreKnownByTenantSourceAndId_UnderTheirFirstId()
    {
        await using RunningLog running = await StartAsync();
        AppendedEvent first = Assert.Single(await running.AppendAsync(RunningLog.Event("1")));
        NewEvent[] again = [.. Enumerable.Range(0, Many).Select(i => RunningLog.Event($"{i}"))];
        IReadOnlyList<AppendedEvent> appended = await running.AppendAsync(again);
        Assert.Equal([1], appended.Index().Where(outcome => outcome.Item.IsDuplicate).Select(outcome => outcome.Index));
        Assert.Equal(first.Id, appended[1].Id);

        Assert.True(Assert.Single(await running.AppendAsync(RunningLog.Event("1"))).IsDuplicate);
        Assert.False(Assert.Single(await running.AppendAsync(RunningLog.Event("1", tenant: "acme"))).IsDuplicate);
        Assert.False(Assert.Single(await running.AppendAsync(RunningLog.Event("1") with { Source = "/others" })).IsDuplicate);
        IReadOnlyList<AppendedEvent> twice = await running.AppendAsync(RunningLog.Event("twice"), RunningLog.Event("twice"));
        Assert.Equal((twice[0].Id, true), (twice[1].Id, twice[1].IsDuplicate));

        Assert.Equal((await running.ReadAsync(Many + 3))[^1].Offset, await running.Log.EndAsync(Stop));
    }

    // As a relay sends what was never acknowledged to it.
    [Fact]
    public async Task Batch_ThatComesAgainWhole_IsTheSameEvents_EachUnderItsId()
    {
        await using RunningLog running = await StartAsync();
        NewEvent[] batch = [.. Enumerable.Range(0, Many).Select(i => RunningLog.Event($"{i}", tenant: i % 3 == 0 ? "acme" : null))];
        string[] ids = [.. (await running.AppendAsync(batch)).Select(appended => appended.Id)];

        IReadOnlyList<AppendedEvent> again = await running.AppendAsync([.. batch.AsEnumerable().Reverse()]);

        Assert.Equal(ids.AsEnumerable().Reverse(), again.Select(appended => appended.Id));
        Assert.All(again, appended => Assert.True(appended.IsDuplicate));
        Assert.Equal(Many, (await running.ReadAsync(Many)).Count);
        Assert.Equal(Many, await running.Log.EndAsync(Stop));
    }

    [Fact]
    public async Task Duplicates_SentSideBySide_AreKeptOnce()
    {
        await using RunningLog running = await StartAsync();
        IReadOnlyList<AppendedEvent>[] all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => running.AppendAsync(RunningLog.Event("1"))));
        Assert.Single(all, appended => !appended[0].IsDuplicate);
        Assert.Single(all.Select(appended => appended[0].Id).Distinct());
        Assert.Equal(Assert.Single(await running.ReadAsync(1)).Offset, await running.Log.EndAsync(Stop));
    }

    [Fact]
    public async Task Reading_WithAFilter_SeesThoseEventsAlone()
    {
        await using RunningLog running = await StartAsync();
        await running.AppendAsync(
            RunningLog.Event("1"), RunningLog.Event("2", "order.paid", "acme"), RunningLog.Event("3", "user.created", "acme"), RunningLog.Event("4", "order", "acme"), RunningLog.Event("5", "order.paid", "other"));
        await running.ReadAsync(5);
        Assert.Equal(["2"], await ReadAsync("acme", "order.*"));
        Assert.Equal(["2", "3"], await ReadAsync("acme", "order.*", "user.created"));
        Assert.Equal(["1", "2", "5"], await ReadAsync(null, "order.*"));
        Assert.Equal(["2", "3", "4"], await ReadAsync("acme"));
        Assert.Equal(["2", "3", "4"], await ReadAsync("acme", "none", "*"));
        Assert.Equal(["1"], await ReadAsync("", "*"));

        async Task<IEnumerable<string?>> ReadAsync(string? tenant, params string[] types)
        {
            EventPage page = await running.Log.ReadAsync(0, EventFilter.Of(types, tenant).Filter!, 100, Stop);
            Assert.Equal((5, true, true), (page.Next, page.IsAtEnd, page.Recovered));
            return page.Events.Select(stored => stored.Event.ProducerId);
        }
    }

    [Fact]
    public async Task Pages_AreBoundedInEventsAndBytes_AndGoOnWithoutAGap()
    {
        await using RunningLog running = await StartAsync();
        byte[] large = new byte[EventBounds.MostPayloadBytes];
        int fit = EventReader.MostPageBytes / large.Length;
        for (int i = 0; i < fit + 3; i++)
            await running.AppendAsync(RunningLog.Event($"{i}") with { Payload = large });
        await running.ReadAsync(fit + 3);

        EventPage page = await running.Log.ReadAsync(0, EventFilter.Everything, 1000, Stop);
        Assert.Equal((fit, fit, false), (page.Events.Count, page.Next, page.IsAtEnd));
        page = await running.Log.ReadAsync(page.Next, EventFilter.Everything, 2, Stop);
        Assert.Equal((2, fit + 2, false), (page.Events.Count, page.Next, page.IsAtEnd));
        page = await running.Log.ReadAsync(page.Next, EventFilter.Everything, 1, Stop);
        Assert.Equal((1, fit + 3, true), (page.Events.Count, page.Next, page.IsAtEnd));
    }

    [Fact]
    public async Task Reader_WhoseEventsWereDeleted_IsToldThatItMissedSome()
    {
        await using RunningLog running = await StartAsync();
        await running.AppendAsync([.. Enumerable.Range(0, 4).Select(i => RunningLog.Event($"{i}"))]);
        await running.ReadAsync(4);
        await DeleteUpToAsync(2);
        Assert.False((await running.Log.ReadAsync(1, EventFilter.Everything, 10, Stop)).Recovered);
        Assert.True((await running.Log.ReadAsync(2, EventFilter.Everything, 10, Stop)).Recovered);
        Assert.Equal(["2", "3"], (await running.Log.ReadAsync(null, EventFilter.Everything, 10, Stop)).Events.Select(stored => stored.Event.ProducerId));

        await DeleteUpToAsync(4);
        Assert.False((await running.Log.ReadAsync(3, EventFilter.Everything, 10, Stop)).Recovered);
        Assert.True((await running.Log.ReadAsync(4, EventFilter.Everything, 10, Stop)).Recovered);
        await running.AppendAsync(RunningLog.Event("after"));
        Assert.Equal(EventWait.Appended, await running.Log.WaitAsync(4, EventFilter.Everything, s_long, "caller", Stop));
        Assert.Equal(5, Assert.Single((await running.Log.ReadAsync(4, EventFilter.Everything, 10, Stop)).Events).Offset);

        Task DeleteUpToAsync(long offset) => running.Store.WriteAsync(session => EventTable.TrimAsync(session, running.Store.Location.Engine, offset), Stop);
    }

    [Fact]
    public async Task Waiting_EndsWithAnEventThatIsWanted_AndWithNoOther()
    {
        await using RunningLog running = await StartAsync();
        EventFilter paid = EventFilter.Of(["order.paid"], "acme").Filter!;
        Task<EventWait> waiting = running.Log.WaitAsync(0, paid, s_long, "caller", Stop);
        Task<EventWait> everything = running.Log.WaitAsync(0, EventFilter.Everything, s_long, "caller", Stop);
        await running.AppendAsync(RunningLog.Event("1", "order.paid", "other"), RunningLog.Event("2", "order.created", "acme"));
        Assert.Equal(EventWait.Appended, await everything);
        Assert.False(waiting.IsCompleted);
        await running.AppendAsync(RunningLog.Event("3", "order.paid", "acme"));
        Assert.Equal(EventWait.Appended, await waiting);
        Assert.Equal(EventWait.Appended, await running.Log.WaitAsync(0, paid, s_long, "caller", Stop));
        Assert.Equal(0, running.Log.Waiting);
    }

    [Fact]
    public async Task Waiting_IsBoundedInTimeAndNumber()
    {
        await using RunningLog running = await StartAsync();
        Assert.Equal(EventWait.TimedOut, await running.Log.WaitAsync(0, EventFilter.Everything, TimeSpan.FromMilliseconds(20), "caller", Stop));
        using var gone = new CancellationTokenSource();
        Task<EventWait>[] waiting = [.. Enumerable.Range(0, EventWaiters.Most).Select(i => running.Log.WaitAsync(0, EventFilter.Everything, s_long, $"{i / EventWaiters.MostOfCaller}", gone.Token))];
        Assert.All(waiting, task => Assert.False(task.IsCompleted));
        Assert.Equal(EventWait.Refused, await running.Log.WaitAsync(0, EventFilter.Everything, s_long, "another", Stop));
        await gone.CancelAsync();
        Assert.All(await Task.WhenAll(waiting), how => Assert.Equal(EventWait.TimedOut, how));
        Assert.Equal(0, running.Log.Waiting);
    }

    [Fact]
    public async Task Waiting_OfOneCaller_LeavesRoomForOthers()
    {
        await using RunningLog running = await StartAsync();
        Task<EventWait>[] greedy = [.. Enumerable.Range(0, EventWaiters.MostOfCaller).Select(_ => running.Log.WaitAsync(0, EventFilter.Everything, s_long, "greedy", Stop))];
        Assert.Equal(EventWait.Refused, await running.Log.WaitAsync(0, EventFilter.Everything, s_long, "greedy", Stop));
        Task<EventWait> other = running.Log.WaitAsync(0, EventFilter.Everything, s_long, "other", Stop);
        await running.AppendAsync(RunningLog.Event("1"));
        Assert.All(await Task.WhenAll([.. greedy, other]), how => Assert.Equal(EventWait.Appended, how));
    }

    // Who comes while others are told of later events: what lies before these is for it alone to be told of.
    [Fact]
    public void Waiter_FromFurtherBack_IsNotTakenPastWhatItHasNotSeen()
    {
        var waiters = new EventWaiters();
        EventWaiter early = waiters.TryAdd(new EventWaiter(100, EventFilter.Of(["none"], null).Filter!))!;
        EventWaiter late = waiters.TryAdd(new EventWaiter(50, EventFilter.Of(["none"], null).Filter!))!;
        waiters.Tell(100, [new EventHeader(101, "order.created", "", 0, 1, default)]);
        Assert.Equal((101, 50, 50), (early.After, late.After, waiters.From));
    }

    [Fact]
    public async Task Append_BeyondTheBounds_IsRefusedBeforeAnythingIsDone()
    {
        await using RunningLog running = await StartAsync();
        NewEvent good = RunningLog.Event("1");
        NewEvent[] bad =
        [
            good with { Payload = new byte[EventBounds.MostPayloadBytes + 1] },
            good with { Type = "" },
            good with { Type = new string('x', EventBounds.MostNameChars + 1) },
            good with { Source = "a\0b" },
            good with { Subject = "half \uD800" },
            good with { Extensions = $"{{\"x\":\"{new string('é', EventBounds.MostExtensionBytes / 2)}\"}}" },
        ];
        foreach (NewEvent wrong in bad)
            await Assert.ThrowsAsync<ArgumentException>(() => running.AppendAsync(good, wrong));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => running.AppendAsync([.. Enumerable.Repeat(good, EventBounds.MostAtOnce + 1)]));
        Assert.Equal(0, await running.Log.EndAsync(Stop));
        await running.AppendAsync(good with { Payload = Encoding.UTF8.GetBytes(new string('x', EventBounds.MostPayloadBytes)) });
        await running.ReadAsync(1);
    }
}
