using Headgate.Integration.Events.Log;
using Headgate.Storage;
using Headgate.Storage.Tests.Support;

namespace Headgate.Integration.Tests.Events.Log;

public sealed class SqliteEventLogTests : EventLogCompliance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    // A page over a long stretch in which nothing is wanted is read in parts. With one reader, which the test holds between the first and the second.
    [Fact]
    public async Task Reader_WhoseEventsAreDeletedWhileItReads_IsToldThatItMissedSome()
    {
        await using RunningLog running = await RunningLog.StartAsync(_folder.Store, options: new StoreOptions { Readers = 1 });
        for (int i = 0; i < 3; i++)
            await running.AppendAsync([.. Enumerable.Range(0, 1000).Select(j => RunningLog.Event($"{i}-{j}"))]);
        using var before = new BlockedReader(running.Store);
        await before.Began;
        Task<EventPage> reading = running.Log.ReadAsync(0, EventFilter.Of(["none"], null).Filter!, 10, Stop);
        using var between = new BlockedReader(running.Store);
        before.End();
        await between.Began;
        await running.Store.WriteAsync(session => EventTable.TrimAsync(session, StoreEngine.Sqlite, 2000), Stop);
        between.End();

        EventPage page = await reading;
        Assert.Equal((0, 3000, false), (page.Events.Count, page.Next, page.Recovered));
    }

    private protected override Task<StoreLocation> NewLocationAsync() => Task.FromResult(_folder.Store);
}
