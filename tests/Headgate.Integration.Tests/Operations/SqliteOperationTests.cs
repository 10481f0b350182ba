using Headgate.Integration.Operations;
using Headgate.Storage;
using Headgate.Storage.Tests.Support;

namespace Headgate.Integration.Tests.Operations;

public sealed class SqliteOperationTests : OperationCompliance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The store is away, and nobody can tell what was kept: the kind begins again with what was.
    [Fact]
    public async Task Operation_WhoseStoreIsAwayForAWhile_GoesOnFromWhatWasSaved()
    {
        var time = new SharedTime();
        var saved = new TaskCompletionSource();
        var away = new TaskCompletionSource();
        var begunWith = new List<int>();
        await using RunningOperations running = await RunningOperations.StartAsync(_folder.Store, time, async (run, stopped) =>
        {
            lock (begunWith)
                begunWith.Add(run.Record.Data.Length);
            if (run.Record.Data.Length == 0)
                await run.SaveAsync(new OperationChange { Data = [1] }, stopped);
            saved.TrySetResult();
            await away.Task.WaitAsync(stopped);
            await run.SaveAsync(new OperationChange { End = OperationState.Succeeded }, stopped);
        });
        OperationRun first = await running.BeginAsync();
        await saved.Task;
        string path = _folder.Store.Path!;
        File.Move(path, path + ".away");
        away.SetResult();
        await Until.TrueAsync(() => !running.Store.Health.IsHealthy, "the store is away");
        File.Move(path + ".away", path);
        await RunningOperations.AdvanceUntilAsync(time, async () => running.Store.Health.IsHealthy && (await running.FindAsync(first.Record.Id)).HasEnded, "it goes on");

        Assert.Equal(OperationState.Succeeded, (await running.FindAsync(first.Record.Id)).State);
        Assert.Equal([0, 1], begunWith.Take(2));
        Assert.Equal(0, (await running.FindAsync(first.Record.Id)).Failures);
    }

    private protected override Task<StoreLocation> NewLocationAsync() => Task.FromResult(_folder.Store);
}
