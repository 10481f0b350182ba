using Headgate.Storage.Tests.Support;

namespace Headgate.Storage.Tests;

/// <summary>Who looks after a store does so as long as the store is open.</summary>
public sealed class StoreWatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Watch_ThatMeetsAFaultOfTheProgram_SaysSo_AndGoesOn()
    {
        var time = new FaultyTime();
        var log = new MessageLog();
        await using Store store = await TestStore.OpenAsync(_folder.Store, logger: log, time: time);

        time.FailOnce();
        await Until.TrueAsync(() => log.Messages.Any(message => message.Contains("A fault inside the program while it looked after the store", StringComparison.Ordinal)), "the fault is told");
        await Until.TrueAsync(() => log.Messages.Any(message => message.Contains("looking after it met a fault", StringComparison.Ordinal)), "the store is not trusted");
        await Until.TrueAsync(() => store.Health.IsHealthy, "the next look finds it well");

        await store.InsertAsync("a");
        Assert.Equal(1, await store.CountAsync());
    }

    // Asked by the watch alone while nobody uses the store.
    private sealed class FaultyTime : TimeProvider
    {
        private int _fails;

        public void FailOnce() => Volatile.Write(ref _fails, 1);

        public override long GetTimestamp() => Interlocked.Exchange(ref _fails, 0) == 1 ? throw new InvalidOperationException("The clock has a fault.") : base.GetTimestamp();
    }
}
