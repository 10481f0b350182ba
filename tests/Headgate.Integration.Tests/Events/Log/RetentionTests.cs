using Headgate.Integration.Events.Log;
using Headgate.Integration.Events.Subscriptions;
using Headgate.Integration.Tests.Events.Subscriptions;
using Headgate.Storage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Integration.Tests.Events.Log;

/// <summary>What is too old or too much is deleted, the oldest first, and who had not read it is told.</summary>
public sealed class RetentionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Events_ThatAreTooOld_AreDeleted()
    {
        await using RunningLog running = await RunningLog.StartAsync(_folder.Store, _time);
        EventRetention retention = Retention(running, new EventRetentionOptions { Keep = TimeSpan.FromHours(1) });
        for (int i = 0; i < 3; i++)
            await running.AppendAsync([.. Enumerable.Range(0, 600).Select(j => RunningLog.Event($"{i}-{j}"))]);
        _time.Now += TimeSpan.FromMinutes(30);
        await running.AppendAsync(RunningLog.Event("later"));
        Assert.Equal(0, await retention.SweepAsync(Stop));
        _time.Now += TimeSpan.FromMinutes(31);
        Assert.Equal(1800, await retention.SweepAsync(Stop));
        EventPage page = await running.Log.ReadAsync(0, EventFilter.Everything, 10, Stop);
        Assert.Equal((false, "later"), (page.Recovered, Assert.Single(page.Events).Event.ProducerId));
        _time.Now += TimeSpan.FromHours(1);
        Assert.Equal(1, await retention.SweepAsync(Stop));
        Assert.Equal(1801, await running.Log.EndAsync(Stop));
    }

    [Fact]
    public async Task Events_ThatAreTooMuch_AreDeletedFromTheOldestOn()
    {
        await using RunningLog running = await RunningLog.StartAsync(_folder.Store, _time);
        const int size = 1000;
        EventRetention retention = Retention(running, new EventRetentionOptions { MostBytes = 10 * (size + EventRetentionOptions.EventBytes) });
        for (int round = 0; round < 3; round++)
        {
            await running.AppendAsync([.. Enumerable.Range(0, 8).Select(i => RunningLog.Event($"{round}-{i}") with { Payload = new byte[size] })]);
            Assert.Equal(round == 0 ? 0 : round == 1 ? 6 : 8, await retention.SweepAsync(Stop));
        }

        Assert.Equal(10, (await running.Log.ReadAsync(null, EventFilter.Everything, 100, Stop)).Events.Count);

        // One that has just begun knows nothing of what was measured before.
        Assert.Equal(0, await Retention(running, new EventRetentionOptions { MostBytes = 10 * (size + EventRetentionOptions.EventBytes) }).SweepAsync(Stop));
        Assert.Equal(5, await Retention(running, new EventRetentionOptions { MostBytes = 5 * (size + EventRetentionOptions.EventBytes) }).SweepAsync(Stop));
    }

    [Fact]
    public async Task Consumer_WhoseEventsAreDeleted_GoesOn_AndTheirDeadLettersAreGone()
    {
        await using RunningLog running = await RunningLog.StartAsync(_folder.Store, _time);
        await using (RunningConsumer failing = RunningConsumer.Start(running, (_, _) => throw new InvalidOperationException("no"), wanted => wanted with { Attempts = 1 }, _time))
        {
            await running.AppendAsync(RunningLog.Event("1"));
            await Until.TrueAsync(async () => (await failing.LettersAsync()).Count == 1, "it is a dead letter");
        }

        await running.AppendAsync(RunningLog.Event("2"));
        _time.Now += TimeSpan.FromDays(8);
        await running.AppendAsync(RunningLog.Event("3"));
        Assert.Equal(2, await Retention(running, new EventRetentionOptions()).SweepAsync(Stop));
        await using RunningConsumer consumer = RunningConsumer.Start(running, time: _time);
        await consumer.HasTakenAsync("3");
        Assert.Equal(["3"], consumer.Taken);
        Assert.Empty(await consumer.LettersAsync());
    }

    // What is gone is told once, and the failures of what is gone are not those of the next.
    [Fact]
    public async Task Consumer_WhoseFailingEventIsDeleted_IsToldOnce_AndBeginsAnewWithTheNext()
    {
        var delay = TimeSpan.FromDays(30);
        await using RunningLog running = await RunningLog.StartAsync(_folder.Store, _time);
        await using RunningConsumer consumer = RunningConsumer.Start(
            running, (stored, _) => throw new InvalidOperationException($"{stored.Event.ProducerId} fails"),
            wanted => wanted with { Partitions = 1, Attempts = 2, FirstDelay = delay, LongestDelay = delay }, _time);
        await running.AppendAsync(RunningLog.Event("1"));
        await HasFailedAsync("1 fails");
        _time.Now += TimeSpan.FromDays(8);
        await running.AppendAsync(RunningLog.Event("2"));
        Assert.Equal(1, await Retention(running, new EventRetentionOptions()).SweepAsync(Stop));
        _time.Now += delay;

        await HasFailedAsync("2 fails");
        Assert.Empty(await consumer.LettersAsync());
        _time.Now += delay;
        await Until.TrueAsync(async () => (await consumer.LettersAsync()) is [{ Error: "2 fails", Attempts: 2 }], "it is given up");
        Assert.Single(consumer.Told.Messages, message => message.Contains("were deleted before it took them", StringComparison.Ordinal));

        Task HasFailedAsync(string error) => Until.TrueAsync(
            async () => (await consumer.Subscriptions.ListAsync(Stop)) is [var report] && (report.Error == error || report.DeadLetters > 0), error);
    }

    [Fact]
    public async Task Sweeping_IsDoneByOneInstanceAtATime()
    {
        await using RunningLog running = await RunningLog.StartAsync(_folder.Store, _time);
        await running.AppendAsync(RunningLog.Event("1"));
        _time.Now += TimeSpan.FromDays(8);
        int[] deleted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Retention(running, new EventRetentionOptions()).SweepAsync(Stop)));
        Assert.Equal(1, deleted.Sum());
    }

    private EventRetention Retention(RunningLog running, EventRetentionOptions options) => new(running.Store, options, _time, NullLogger<EventRetention>.Instance);
}
