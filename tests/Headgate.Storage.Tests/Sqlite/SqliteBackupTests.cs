using Headgate.Storage.Sqlite;
using Headgate.Storage.Tests.Support;

namespace Headgate.Storage.Tests.Sqlite;

public sealed class SqliteBackupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Backup_OfAStoreInUse_IsAStoreWithWhatWasAcknowledged()
    {
        await using Store store = await TestStore.OpenAsync(_folder.Store);
        for (int i = 0; i < 100; i++)
            await store.InsertAsync($"{i:000}");
        string copy = _folder.PathOf("copy.db");
        long bytes = SqliteBackup.Write(_folder.Store, copy);
        await store.InsertAsync("later");

        Assert.Equal(new FileInfo(copy).Length, bytes);
        Assert.Equal(["copy.db"], Directory.GetFiles(_folder.Path, "copy*").Select(Path.GetFileName));
        await using Store restored = await TestStore.OpenAsync(StoreLocation.OfFile(copy));
        Assert.Equal(100, await restored.CountAsync());
        Assert.Empty(restored.Applied);
    }

    [Fact]
    public async Task Backup_WhileOthersWrite_HoldsNobodyUp()
    {
        await using Store store = await TestStore.OpenAsync(_folder.Store);
        using var stop = new CancellationTokenSource();
        int written = 0;
        Task writing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await store.InsertAsync($"{written++}");
        });
        for (int i = 0; i < 5; i++)
        {
            int before = Volatile.Read(ref written);
            SqliteBackup.Write(_folder.Store, _folder.PathOf("copy.db"));
            await Until.TrueAsync(() => Volatile.Read(ref written) > before, "commands go on");
        }

        await stop.CancelAsync();
        await writing;
        await using Store restored = await TestStore.OpenAsync(StoreLocation.OfFile(_folder.PathOf("copy.db")));
        Assert.InRange(await restored.CountAsync(), 1, written);
    }

    [Fact]
    public void Backup_OfNothing_SaysSoAndMakesNothing()
    {
        StoreException failure = Assert.Throws<StoreException>(() => SqliteBackup.Write(_folder.Store, _folder.PathOf("copy.db")));
        Assert.Equal(StoreErrorKind.Gone, failure.Problem.Kind);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Backup_ToADirectoryThatIsNotThere_SaysSo()
    {
        await using Store store = await TestStore.OpenAsync(_folder.Store);
        StoreException failure = Assert.Throws<StoreException>(() => SqliteBackup.Write(_folder.Store, _folder.PathOf("no/copy.db")));
        Assert.Contains("a directory that is not there", failure.Message, StringComparison.Ordinal);
    }
}
