using System.Runtime.Versioning;
using Headgate.Storage.Tests.Support;

namespace Headgate.Storage.Tests.Sqlite;

/// <summary>What the one writer promises beyond what every engine does.</summary>
public sealed class SqliteGroupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Commands_ThatWait_AreCommittedTogetherAndToldAfterwards()
    {
        await using Store store = await TestStore.OpenAsync(_folder.Store);
        using var blocked = new Blocked(store);
        await blocked.Began;
        Task<int>[] before = [.. Enumerable.Range(0, 20).Select(i => store.InsertAsync($"{i:00}"))];

        // The last of the group sees what the others wrote; a reader beside it sees nothing, and nobody was told anything.
        Task<(long Inside, long Outside, int Told)> last = store.WriteAsync(
            async session =>
            {
                long outside = Task.Run(store.CountAsync, Stop).GetAwaiter().GetResult();
                return (await session.FindAsync("SELECT COUNT(*) FROM items", row => row.GetInt64(0)), outside, before.Count(command => command.IsCompleted));
            },
            Stop);
        await blocked.EndAsync();
        Assert.Equal((20, 0, 0), await last);
        await Task.WhenAll(before);
        Assert.Equal(20, await store.CountAsync());
    }

    [Fact]
    public async Task Commands_BeyondAGroup_AreCommittedInTheNext()
    {
        await using Store store = await TestStore.OpenAsync(_folder.Store, TestStore.Options with { MaxGroup = 5 });
        using var blocked = new Blocked(store);
        await blocked.Began;
        Task<int>[] before = [.. Enumerable.Range(0, 7).Select(i => store.InsertAsync($"{i}"))];
        Task<long> last = store.WriteAsync(_ => new ValueTask<long>(Task.Run(store.CountAsync, Stop).GetAwaiter().GetResult()), Stop);
        await blocked.EndAsync();
        Assert.Equal(5, await last);
        await Task.WhenAll(before);
    }

    // A group runs without savepoints: only when one of its commands fails does it run again with them, and then for all.
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task Group_RunsOnce_UnlessOneOfItsCommandsFails(bool oneFails, int runs)
    {
        await using Store store = await TestStore.OpenAsync(_folder.Store);
        using var blocked = new Blocked(store);
        await blocked.Began;
        int ran = 0;
        Task<long> before = CountingAsync("a");
        Task<int> failing = store.WriteAsync<int>(
            async session => oneFails ? throw new InvalidTimeZoneException() : await session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ('b', 1)"), Stop);
        Task<long> after = CountingAsync("c");
        await blocked.EndAsync();

        Assert.Equal((1, oneFails ? 2 : 3), (await before, await after));
        if (oneFails)
            await Assert.ThrowsAsync<InvalidTimeZoneException>(() => failing);
        Assert.Equal(runs, ran);
        Assert.Equal(oneFails ? ["a", "c"] : ["a", "b", "c"], await store.IdsAsync());

        Task<long> CountingAsync(string id) => store.WriteAsync(
            async session =>
            {
                ran += id == "a" ? 1 : 0;
                await session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ($1, 1)", id);
                return await session.FindAsync("SELECT COUNT(*) FROM items", row => row.GetInt64(0));
            },
            Stop);
    }

    [Fact]
    public async Task Command_ThatAwaitsSomethingElse_IsRefusedAndUndone()
    {
        await using Store store = await TestStore.OpenAsync(_folder.Store);
        var never = new TaskCompletionSource();
        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => store.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ('a', 1)");
                await never.Task;
                return await session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ('b', 1)");
            },
            Stop));
        Assert.Contains("await nothing but its session", refused.Message, StringComparison.Ordinal);
        never.SetResult();
        Assert.Equal(0, await store.CountAsync());
    }

    [Fact]
    public async Task Command_ThatEndsItsTransactionItself_HurtsNobodyElse()
    {
        await using Store store = await TestStore.OpenAsync(_folder.Store);
        await Assert.ThrowsAnyAsync<Exception>(() => store.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("ROLLBACK");
                return await session.ExecuteAsync("INSERT INTO nowhere VALUES (1)");
            },
            Stop));
        await store.InsertAsync("next");
        Assert.Equal(["next"], await store.IdsAsync());
    }

    [Fact]
    public async Task Callers_Continue_OffTheStoresThreads()
    {
        await using Store store = await TestStore.OpenAsync(_folder.Store);
        string? writer = await store.WriteAsync(_ => new ValueTask<string?>(Thread.CurrentThread.Name), Stop);
        Assert.Equal("store writer", writer);
        Assert.NotEqual("store writer", await store.WriteAsync(_ => new ValueTask<int>(0), Stop).ContinueWith(_ => Thread.CurrentThread.Name, Stop, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default));
        Assert.StartsWith("store reader", await store.ReadAsync(_ => new ValueTask<string?>(Thread.CurrentThread.Name), Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PRAGMA synchronous", "2")]
    [InlineData("PRAGMA journal_mode", "wal")]
    [InlineData("PRAGMA foreign_keys", "1")]
    public async Task Commands_Commit_WithTheDisksWord(string setting, string expected)
    {
        await using Store store = await TestStore.OpenAsync(_folder.Store);
        Assert.Equal(expected, await store.WriteAsync(session => session.FindAsync(setting, row => row.GetString(0)), Stop));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task File_OfAStore_IsItsOwnersAlone()
    {
        await using Store store = await TestStore.OpenAsync(_folder.Store);
        await store.InsertAsync("a");
        Assert.All(["headgate.db", "headgate.db-wal", "headgate.db-shm"], name =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.PathOf(name))));
    }
}
