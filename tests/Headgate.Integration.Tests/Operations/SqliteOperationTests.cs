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

    // The file is away at the commit: whether the operation began, nobody can tell. It did, and this process lives, so no other would ever go on with it.
    [Fact]
    public async Task Operation_OfWhichNobodyKnowsWhetherItBegan_IsGoneOnWith()
    {
        var time = new SharedTime();
        await using RunningOperations running = await RunningOperations.StartAsync(_folder.Store, time, TestKind.SucceedAsync);
        string path = _folder.Store.Path!;
        using var queued = new ManualResetEventSlim();
        var writes = new TaskCompletionSource();
        Task first = running.Store.WriteAsync(
            _ =>
            {
                writes.SetResult();
                queued.Wait(TestContext.Current.CancellationToken);
                return ValueTask.FromResult(true);
            },
            TestContext.Current.CancellationToken);
        await writes.Task;

        // These two wait for the first, and share a transaction.
        Task<OperationRun> begins = running.BeginAsync();
        Task moves = running.Store.WriteAsync(
            _ =>
            {
                File.Move(path, path + ".away");
                return ValueTask.FromResult(true);
            },
            TestContext.Current.CancellationToken);
        queued.Set();
        await first;
        StoreException unknown = await Assert.ThrowsAsync<StoreException>(() => begins);
        await Assert.ThrowsAsync<StoreException>(() => moves);
        File.Move(path + ".away", path);
        await RunningOperations.AdvanceUntilAsync(time, () => Task.FromResult(running.Store.Health.IsHealthy), "the store is back");
        OperationPage page = await running.Registry.ListAsync(OperationFilter.Everything, null, 10, TestContext.Current.CancellationToken);
        string id = Assert.Single(page.Operations).Id;
        await RunningOperations.AdvanceUntilAsync(time, async () => (await running.FindAsync(id)).HasEnded, "it is gone on with");

        Assert.True(unknown.OutcomeUnknown);
        OperationRecord ended = await running.FindAsync(id);
        Assert.Equal((OperationState.Succeeded, 0), (ended.State, ended.Takeovers));
    }

    private protected override Task<StoreLocation> NewLocationAsync() => Task.FromResult(_folder.Store);
}
