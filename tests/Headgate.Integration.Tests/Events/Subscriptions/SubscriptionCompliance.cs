using System.Collections.Concurrent;
using Headgate.Gateway.Telemetry.Metrics;
using Headgate.Integration.Events.Log;
using Headgate.Integration.Events.Subscriptions;
using Headgate.Integration.Tests.Events.Log;
using Headgate.Storage;
using Headgate.Storage.Tests.Support;

namespace Headgate.Integration.Tests.Events.Subscriptions;

/// <summary>Durable consumers on both engines: in order, at least once, past what cannot be taken, and never stuck.</summary>
public abstract class SubscriptionCompliance
{
    private readonly ConcurrentDictionary<string, int> _failures = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract Task<StoreLocation> NewLocationAsync();

    [Fact]
    public async Task Consumer_GoesOnWhereItWas_InTheOrderOfEachAggregate()
    {
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync());
        string[] ids = [.. Enumerable.Range(0, 250).Select(i => $"{i:000}")];
        await using (RunningConsumer first = RunningConsumer.Start(running))
        {
            await running.AppendAsync([.. ids[..200].Select(id => RunningLog.Event(id, aggregate: id[^1..]))]);
            await first.HasTakenAsync(ids[..200]);
            await Until.TrueAsync(async () => (await first.Subscriptions.ListAsync(Stop))[0].Behind == 0, "it has said how far it is");
            foreach (IGrouping<char, string> aggregate in first.Taken.GroupBy(id => id[^1]))
                Assert.Equal(aggregate.Order(StringComparer.Ordinal), aggregate);
        }

        await using RunningConsumer second = RunningConsumer.Start(running);
        await running.AppendAsync([.. ids[200..].Select(id => RunningLog.Event(id, aggregate: id[^1..]))]);
        await second.HasTakenAsync(ids[200..]);
        Assert.Equal(50, second.Taken.Count);
    }

    [Fact]
    public async Task Consumer_TakesWhatItsFilterWants_FromTheNextEventOn()
    {
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync());
        await running.AppendAsync(RunningLog.Event("before", "order.paid", "acme"));
        await running.ReadAsync(1);
        await using RunningConsumer consumer = RunningConsumer.Start(running, change: wanted => wanted with { FromBeginning = false, Filter = EventFilter.Of(["order.*"], "acme").Filter! });
        await Until.TrueAsync(async () => (await consumer.Subscriptions.ListAsync(Stop)).Count == 1, "the store knows it");
        await running.AppendAsync(RunningLog.Event("other", "order.paid", "other"), RunningLog.Event("user", "user.created", "acme"), RunningLog.Event("1", "order.paid", "acme"));
        await consumer.HasTakenAsync("1");
        Assert.Equal(["1"], consumer.Taken);
    }

    // It can be neither ended nor waited for: others go on, and its aggregate meets no second call of it.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Consumer_ThatIgnoresItsToken_StopsItsAggregateAlone(bool blocks)
    {
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync());
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int calls = 0;
        await using RunningConsumer consumer = RunningConsumer.Start(
            running,
            async (stored, _) =>
            {
                if (stored.Event.AggregateId != "held")
                    return;
                Interlocked.Increment(ref calls);
                if (blocks)
                    held.Task.Wait(CancellationToken.None);
                await held.Task;
            },
            wanted => wanted with { Partitions = 1, Timeout = TimeSpan.FromMilliseconds(20) });
        await running.AppendAsync(RunningLog.Event("1", aggregate: "held"), RunningLog.Event("2", aggregate: "held"), RunningLog.Event("3", aggregate: "other"));
        await consumer.HasTakenAsync("3");
        Assert.Equal(1, Volatile.Read(ref calls));
        Assert.Equal(["3"], consumer.Taken);
        IReadOnlyList<DeadLetter> letters = await consumer.LettersAsync();
        Assert.Equal(2, letters.Count);

        held.SetResult();
        await consumer.HasTakenAsync("1");
        await Until.TrueAsync(
            async () =>
            {
                await consumer.Subscriptions.RetryAsync(letters[1].Id, Stop);
                return consumer.Taken.Contains("2");
            },
            "the aggregate goes on once the call has ended");
    }

    [Fact]
    public async Task Event_ThatFailsForAWhile_IsTakenInItsTurn()
    {
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync());
        await using RunningConsumer consumer = RunningConsumer.Start(running, FailTimes(2, "2"));
        await running.AppendAsync(RunningLog.Event("1"), RunningLog.Event("2"), RunningLog.Event("3"));
        await consumer.HasTakenAsync("3");
        Assert.Equal(["1", "2", "3"], consumer.Taken);
        Assert.Empty(await consumer.LettersAsync());
    }

    [Fact]
    public async Task Event_ThatFailsAgainAndAgain_BecomesADeadLetter_AndTheAggregateGoesOn()
    {
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync());
        await using RunningConsumer consumer = RunningConsumer.Start(running, FailTimes(4, "2"));
        IReadOnlyList<AppendedEvent> appended = await running.AppendAsync(RunningLog.Event("1", tenant: "acme"), RunningLog.Event("2", tenant: "acme"), RunningLog.Event("3", tenant: "acme"));
        await consumer.HasTakenAsync("1", "3");
        DeadLetter letter = Assert.Single(await consumer.LettersAsync());
        Assert.Equal(("test", appended[1].Id, "order", "1", "acme", 3, "2 fails"), (letter.Subscription, letter.EventId, letter.AggregateType, letter.AggregateId, letter.Tenant, letter.Attempts, letter.Error));
        Assert.Equal(1, Assert.Single(await consumer.Subscriptions.ListAsync(Stop)).DeadLetters);

        await consumer.Subscriptions.RetryAsync(letter.Id, Stop);
        await Until.TrueAsync(async () => (await consumer.Subscriptions.FindDeadLetterAsync(letter.Id, Stop)) is { Attempts: 4, IsRetried: false }, "it failed once more");
        await consumer.Subscriptions.RetryAsync(letter.Id, Stop);
        await consumer.HasTakenAsync("2");
        await Until.TrueAsync(async () => (await consumer.LettersAsync()).Count == 0, "the letter is gone");
        Assert.Null(await consumer.Subscriptions.RetryAsync(letter.Id, Stop));
        Assert.Null(await consumer.Subscriptions.DropAsync(letter.Id, Stop));
    }

    [Fact]
    public async Task Watch_ReadsHowFarEachSubscriptionIs()
    {
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync());
        await using RunningConsumer consumer = RunningConsumer.Start(running, FailTimes(9, "1"), wanted => wanted with { Partitions = 1, Attempts = 9, LongestDelay = TimeSpan.FromHours(1), FirstDelay = TimeSpan.FromHours(1) });
        var watch = new EventWatch(running.Log, consumer.Subscriptions, TimeProvider.System);
        Assert.Null(watch.Last);
        await running.AppendAsync(RunningLog.Event("1"), RunningLog.Event("2"));
        await Until.TrueAsync(async () => (await consumer.Subscriptions.ListAsync(Stop)) is [{ Retrying: 1 }], "it is to be tried again");
        await watch.LookAsync(Stop);
        SubscriptionReading reading = Assert.Single(watch.Last!.Subscriptions);
        Assert.Equal((2, "test", 2, 1, 0), (watch.Last.End, reading.Name, reading.Behind, reading.Retrying, reading.DeadLetters));
        Assert.InRange(reading.Age, TimeSpan.Zero, TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Strict_StopsTheAggregateAlone_UntilItsLettersAreTakenInOrder()
    {
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync());
        await using RunningConsumer consumer = RunningConsumer.Start(running, FailTimes(3, "a1"), wanted => wanted with { Strict = true, Partitions = 1 });
        await running.AppendAsync(RunningLog.Event("a1", aggregate: "a"), RunningLog.Event("a2", aggregate: "a"), RunningLog.Event("b1", aggregate: "b"));
        await consumer.HasTakenAsync("b1");
        await running.AppendAsync(RunningLog.Event("a3", aggregate: "a"), RunningLog.Event("b2", aggregate: "b"));
        await consumer.HasTakenAsync("b2");
        IReadOnlyList<DeadLetter> letters = await consumer.LettersAsync();
        Assert.Equal([3, 0, 0], letters.Select(letter => letter.Attempts));
        Assert.Equal(["b1", "b2"], consumer.Taken);

        // The later ones wait for the first, in whichever order they are asked for.
        foreach (DeadLetter letter in letters.Reverse())
            await consumer.Subscriptions.RetryAsync(letter.Id, Stop);
        await consumer.HasTakenAsync("a3");
        await Until.TrueAsync(async () => (await consumer.LettersAsync()).Count == 0, "no letter is left");
        await running.AppendAsync(RunningLog.Event("a4", aggregate: "a"));
        await consumer.HasTakenAsync("a4");
        Assert.Equal(["b1", "b2", "a1", "a2", "a3", "a4"], consumer.Taken);
    }

    [Fact]
    public async Task Strict_GoesOnWithoutALetterThatIsDropped()
    {
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync());
        await using RunningConsumer consumer = RunningConsumer.Start(running, FailTimes(9, "1"), wanted => wanted with { Strict = true, Attempts = 1 });
        await running.AppendAsync(RunningLog.Event("1"));
        await Until.TrueAsync(async () => (await consumer.LettersAsync()).Count == 1, "it is a dead letter");
        Assert.Equal("1 fails", (await consumer.Subscriptions.DropAsync((await consumer.LettersAsync())[0].Id, Stop))!.Error);
        await running.AppendAsync(RunningLog.Event("2"));
        await consumer.HasTakenAsync("2");
        Assert.Empty(await consumer.LettersAsync());
    }

    [Fact]
    public async Task Consumer_ThatTakesTooLong_IsBrokenOffAndTriedAgain()
    {
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync());
        await using RunningConsumer consumer = RunningConsumer.Start(
            running, (_, stop) => Task.Delay(Timeout.Infinite, stop), wanted => wanted with { Attempts = 2, Timeout = TimeSpan.FromMilliseconds(20) });
        await running.AppendAsync(RunningLog.Event("1"));
        await Until.TrueAsync(async () => (await consumer.LettersAsync()).Count == 1, "it is given up");
        Assert.Equal("It took longer than 0.02 s.", (await consumer.LettersAsync())[0].Error);
    }

    [Fact]
    public async Task Replay_HasEverythingTakenAgain_FromAnyOffset()
    {
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync());
        await using RunningConsumer consumer = RunningConsumer.Start(running);
        await running.AppendAsync([.. Enumerable.Range(1, 5).Select(i => RunningLog.Event($"{i}"))]);
        await consumer.HasTakenAsync("5");
        Assert.Equal(ReplayOutcome.Moved, await consumer.Subscriptions.ReplayAsync("test", 3, Stop));
        await Until.TrueAsync(() => consumer.Taken.Count == 7, "two are taken again");
        Assert.Equal(["1", "2", "3", "4", "5", "4", "5"], consumer.Taken);
        Assert.Equal(ReplayOutcome.Unknown, await consumer.Subscriptions.ReplayAsync("unknown", 0, Stop));
    }

    // It would pass over what is still to come, up to there, without a word.
    [Fact]
    public async Task Replay_BeyondTheEndOfTheLog_IsRefused()
    {
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync());
        await using RunningConsumer consumer = RunningConsumer.Start(running);
        await running.AppendAsync(RunningLog.Event("1"));
        await consumer.HasTakenAsync("1");
        Assert.Equal(ReplayOutcome.BeyondTheEnd, await consumer.Subscriptions.ReplayAsync("test", 2, Stop));
        Assert.Equal(ReplayOutcome.Moved, await consumer.Subscriptions.ReplayAsync("test", 1, Stop));
        await running.AppendAsync(RunningLog.Event("2"));
        await consumer.HasTakenAsync("2");
        Assert.Equal(["1", "2"], consumer.Taken);
    }

    // Its lease is its own still: it does not wait for its end.
    [Fact]
    public async Task Partition_WhoseStoreWasAway_IsGoneOnWithAtOnce()
    {
        var options = new StoreOptions { Connections = 1, WaitTimeout = TimeSpan.FromSeconds(1), RecoveryInterval = TimeSpan.FromMilliseconds(20) };
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync(), options: options);
        Blocked? away = null;
        await using RunningConsumer consumer = RunningConsumer.Start(
            running,
            async (_, _) =>
            {
                if (away is not null)
                    return;
                away = new Blocked(running.Store);
                await away.Began;
            },
            wanted => wanted with { Partitions = 1 });
        await running.AppendAsync(RunningLog.Event("1"));
        await Until.TrueAsync(() => consumer.Told.Messages.Any(message => message.StartsWith("test waits in partition 0 for the store", StringComparison.Ordinal)), "it cannot say how far it is");

        using (away)
            await away!.EndAsync();
        await running.AppendAsync(RunningLog.Event("2"));
        await consumer.HasTakenAsync("2");
        Assert.Equal(["1", "1", "2"], consumer.Taken);
    }

    [Fact]
    public async Task Partitions_OfAnotherNumber_GoOnFromWhereTheSlowestWas()
    {
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync());
        string[] others = [.. Enumerable.Range(0, 60).Select(i => $"{i:00}")];
        await using (RunningConsumer four = RunningConsumer.Start(running, FailTimes(1, "held"), wanted => wanted with { FirstDelay = TimeSpan.FromHours(1), LongestDelay = TimeSpan.FromHours(1) }))
        {
            await running.AppendAsync([RunningLog.Event("held", aggregate: "held"), .. others.Select(id => RunningLog.Event(id, aggregate: id))]);
            await Until.TrueAsync(async () => (await four.Subscriptions.ListAsync(Stop)) is [{ Retrying: 1, Position: 0 }] && four.Taken.Count > others.Length / 2, "one partition waits, and others go on");
        }

        await using RunningConsumer three = RunningConsumer.Start(running, change: wanted => wanted with { Partitions = 3 });
        await three.HasTakenAsync(["held", .. others]);
    }

    // An earlier version of the program, which still runs beside the one that is to replace it: what it would take counts for other aggregates now.
    [Fact]
    public async Task Instance_ThatSortsIntoAnotherNumberOfPartitions_LeavesThemAlone()
    {
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync());
        await using RunningConsumer before = RunningConsumer.Start(running, change: wanted => wanted with { Partitions = 8 });
        await Until.TrueAsync(async () => (await before.Subscriptions.ListAsync(Stop)).Count == 1, "the store knows it");
        await using (RunningConsumer.Start(running, change: wanted => wanted with { Partitions = 2 }))
            await Until.TrueAsync(() => before.Told.Messages.Any(IsToldOfAnother), "the one before notices");
        await Until.TrueAsync(() => before.Told.Messages.Count(IsToldOfAnother) == 8, "it has looked at each of its partitions");
        string[] ids = [.. Enumerable.Range(0, 60).Select(i => $"{i:00}")];
        await running.AppendAsync([.. ids.Select(id => RunningLog.Event(id, aggregate: id))]);

        await using RunningConsumer again = RunningConsumer.Start(running, change: wanted => wanted with { Partitions = 2 });
        await again.HasTakenAsync(ids);
        Assert.Empty(before.Taken);

        static bool IsToldOfAnother(string message) => message.Contains("another number of partitions", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscription_WithAsManyLettersAsItMay_Waits_UntilThereAreFewer()
    {
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync());
        await using RunningConsumer consumer = RunningConsumer.Start(
            running, FailTimes(int.MaxValue, "1"), wanted => wanted with { Partitions = 1, Attempts = 1, LongestDelay = TimeSpan.FromMilliseconds(20) });
        await running.Store.WriteAsync(
            session => session.ExecuteAsync(
                """
                WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $1)
                INSERT INTO headgate_dead_letters (id, subscription, log_offset, event, type, aggregatetype, aggregateid, tenant, attempts, error, failedat, retry, slot)
                SELECT 'a' || n, 'test', -n, '', 't', 'a', 'a', '', 1, 'old', 1, FALSE, 0 FROM numbers
                """,
                DeadLetterTable.Most),
            Stop);
        await running.AppendAsync(RunningLog.Event("1"), RunningLog.Event("2"));
        await Until.TrueAsync(() => _failures.GetValueOrDefault("1") > 2, "it is tried again and again");
        Assert.Empty(consumer.Taken);
        Assert.Contains(consumer.Told.Messages, message => message.StartsWith($"test has {DeadLetterTable.Most} dead letters, as many as it may", StringComparison.Ordinal));

        await consumer.Subscriptions.DropAsync("a1", Stop);
        await consumer.HasTakenAsync("2");
        Assert.Equal(DeadLetterTable.Most, Assert.Single(await consumer.Subscriptions.ListAsync(Stop)).DeadLetters);
    }

    [Fact]
    public async Task Instances_ShareNoPartition_AndOneTakesOverFromTheOther()
    {
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync());
        var underWay = new ConcurrentDictionary<string, int>();
        int overlaps = 0;
        await using RunningConsumer one = RunningConsumer.Start(running, TakeAlone);
        await using RunningConsumer two = RunningConsumer.Start(running, TakeAlone);
        await running.AppendAsync([.. Enumerable.Range(0, 100).Select(i => RunningLog.Event($"{i}", aggregate: $"{i % 10}"))]);
        await Until.TrueAsync(() => one.Taken.Count + two.Taken.Count >= 100, "all are taken");
        Assert.Equal((100, 0), (one.Taken.Concat(two.Taken).Distinct().Count(), overlaps));
        await one.StopAsync();
        await running.AppendAsync([.. Enumerable.Range(100, 100).Select(i => RunningLog.Event($"{i}", aggregate: $"{i % 10}"))]);
        await two.HasTakenAsync([.. Enumerable.Range(100, 100).Select(i => $"{i}")]);

        async Task TakeAlone(StoredEvent stored, CancellationToken stop)
        {
            if (underWay.AddOrUpdate(stored.Event.AggregateId, 1, (_, count) => count + 1) > 1)
                Interlocked.Increment(ref overlaps);
            await Task.Yield();
            underWay.AddOrUpdate(stored.Event.AggregateId, 0, (_, count) => count - 1);
        }
    }

    // An instance that stands still beyond its lease: another goes on, and what the first still wants to write does not count.
    [Fact]
    public async Task Instance_ThatStops_WritesDownWhatItTook_SoThatTheNextTakesTheRest()
    {
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync());
        await running.AppendAsync(RunningLog.Event("a"), RunningLog.Event("b"), RunningLog.Event("c"));
        var atSecond = new TaskCompletionSource();
        await using RunningConsumer one = RunningConsumer.Start(running, async (stored, stop) =>
        {
            if (stored.Event.ProducerId != "b")
                return;
            atSecond.SetResult();
            await Task.Delay(Timeout.Infinite, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        await atSecond.Task;
        await one.StopAsync();

        await using RunningConsumer other = RunningConsumer.Start(running);
        await other.HasTakenAsync("c");

        Assert.Equal(["a", "b"], one.Taken);
        Assert.Equal(["c"], other.Taken);
    }

    [Fact]
    public async Task Instance_ThatStandsStill_LosesItsPartition_AndWritesNoMore()
    {
        var time = new ManualTime();
        await using RunningLog running = await RunningLog.StartAsync(await NewLocationAsync(), time);

        // For the one that stands still no time goes by: it does not say either that it is there.
        var entered = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        await using RunningConsumer still = RunningConsumer.Start(
            running,
            async (stored, _) =>
            {
                if (stored.Event.ProducerId != "1" || goOn.Task.IsCompleted)
                    return;
                entered.TrySetResult();
                await goOn.Task;
            },
            wanted => wanted with { Partitions = 1 }, new ManualTime());
        await running.AppendAsync(RunningLog.Event("1"), RunningLog.Event("2"));
        await entered.Task;
        await using RunningConsumer other = RunningConsumer.Start(running, null, wanted => wanted with { Partitions = 1 }, time);
        time.Now += PartitionStore.LeaseTime + TimeSpan.FromSeconds(1);
        await other.HasTakenAsync("1", "2");
        goOn.SetResult();
        await still.HasTakenAsync("1");
        await Until.TrueAsync(() => still.Told.Messages.Any(message => message.StartsWith("test no longer has partition 0", StringComparison.Ordinal)), "it finds out");
        await running.AppendAsync(RunningLog.Event("3"));
        await other.HasTakenAsync("3");
        Assert.Equal(["1", "2", "3"], other.Taken);
        Assert.DoesNotContain("3", still.Taken);
    }

    private Func<StoredEvent, CancellationToken, Task> FailTimes(int times, string id) => (stored, _) =>
        stored.Event.ProducerId == id && _failures.AddOrUpdate(id, 1, (_, count) => count + 1) <= times ? throw new InvalidOperationException($"{id} fails") : Task.CompletedTask;
}
