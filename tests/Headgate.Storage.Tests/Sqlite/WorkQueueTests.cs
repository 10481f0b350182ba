using Headgate.Storage.Sqlite;

namespace Headgate.Storage.Tests.Sqlite;

/// <summary>The line before the writer: what came the last time is waited for, and no longer than it is worth.</summary>
public sealed class WorkQueueTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    private readonly WorkQueue _queue = new(bound: 100);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Taking_ThatExpectsSeveral_HasThemTogether()
    {
        Task<int> taking = TakeAsync(expected: 3, s_long);
        for (int i = 0; i < 3; i++)
        {
            Assert.False(taking.IsCompleted);
            Add();
        }

        Assert.Equal(3, await taking);
    }

    [Fact]
    public async Task Taking_ThatExpectsMoreThanCome_GoesOnWithWhatThereIs()
    {
        Task<int> taking = TakeAsync(expected: 3, TimeSpan.FromMilliseconds(1));
        Add();
        Assert.Equal(1, await taking);
    }

    [Fact]
    public async Task Taking_ThatExpectsOne_WaitsForNoSecond()
    {
        Task<int> taking = TakeAsync(expected: 1, s_long);
        Add();
        Assert.Equal(1, await taking);
    }

    [Fact]
    public async Task Taking_WhenTheStoreCloses_WaitsForNothingMore()
    {
        Task<int> taking = TakeAsync(expected: 3, s_long);
        Add();
        _queue.Close();
        Assert.Equal(1, await taking);
        Assert.Equal(-1, await TakeAsync(expected: 3, s_long));
    }

    private Task<int> TakeAsync(int expected, TimeSpan patience) => Task.Factory.StartNew(
        () =>
        {
            var taken = new List<StoreWork>();
            return _queue.Take(taken, most: 100, expected, patience) ? taken.Count : -1;
        },
        Stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Add() => Assert.True(_queue.TryAdd(new SqliteWork<int>(_ => new ValueTask<int>(0), queuedAt: 0, CancellationToken.None)));
}
