using System.Runtime.Versioning;
using Headgate.Storage.Migrations;
using Headgate.Storage.Sqlite;
using Headgate.Storage.Tests.Support;

namespace Headgate.Storage.Tests.Faults;

/// <summary>The surroundings of a file fail, for real: the store says why, acknowledges nothing that is lost, and goes on by itself when they are mended.</summary>
public sealed class SqliteFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Disk_Full_RefusesAndRecovers()
    {
        using var disk = new SmallDisk(kibibytes: 4096);
        var log = new MessageLog();
        await using Store store = await TestStore.OpenAsync(StoreLocation.OfFile(disk.PathOf("headgate.db")), logger: log);
        await store.InsertAsync("before");
        string filler = disk.Fill(leave: 0);

        // More than the log has room for already.
        StoreProblem problem = await TestStore.FailsAsync(() => InsertLargeAsync(store, "large"));
        Assert.Equal(StoreErrorKind.Full, problem.Kind);
        Assert.Contains("the disk or a quota on it is full", problem.ToString(), StringComparison.Ordinal);
        await Until.TrueAsync(() => store.Health.Problem?.Kind == StoreErrorKind.Full, "the store is unhealthy");
        Assert.Equal(["before"], await store.IdsAsync());

        File.Delete(filler);
        await Until.TrueAsync(() => store.Health.IsHealthy, "the store is healthy again");
        await InsertLargeAsync(store, "large");
        Assert.Equal(["before", "large"], await store.IdsAsync());
        Assert.Contains(log.Messages, message => message.Contains("is full", StringComparison.Ordinal));
        Assert.Contains(log.Messages, message => message.Contains("can be used again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Disk_TooSmallForOneCommand_TakesTheOthersOfItsGroup()
    {
        using var disk = new SmallDisk(kibibytes: 4096);
        await using Store store = await TestStore.OpenAsync(StoreLocation.OfFile(disk.PathOf("headgate.db")));
        using var blocked = new Blocked(store);
        await blocked.Began;
        Task<int> small = store.InsertAsync("small");
        Task<int> large = store.WriteAsync(session => session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ($1, 0)", new string('x', 8 * 1024 * 1024)), Stop);
        Task<int> next = store.InsertAsync("next");
        await blocked.EndAsync();
        Assert.Equal(1, await small);
        Assert.Equal(StoreErrorKind.Full, (await TestStore.FailsAsync(() => large)).Kind);
        Assert.Equal(1, await next);
        Assert.Equal(["next", "small"], await store.IdsAsync());
    }

    [Fact]
    public async Task File_MovedAwayAndBack_RefusesMeanwhile()
    {
        await using Store store = await TestStore.OpenAsync(_folder.Store);
        await store.InsertAsync("before");
        string aside = Directory.CreateDirectory(_folder.PathOf("aside")).FullName;
        Move(_folder.Path, aside);

        StoreProblem problem = await TestStore.FailsAsync(() => store.InsertAsync("into nowhere"));
        Assert.Equal(StoreErrorKind.Gone, problem.Kind);
        Assert.Equal(StoreErrorKind.Gone, (await TestStore.FailsAsync(store.CountAsync)).Kind);
        await Until.TrueAsync(() => store.Health.Problem?.Kind == StoreErrorKind.Gone, "the store is unhealthy");
        Assert.False(File.Exists(_folder.PathOf("headgate.db")), "a lost store must not come back empty");

        Move(aside, _folder.Path);
        await Until.TrueAsync(() => store.Health.IsHealthy, "the store is healthy again");
        await store.InsertAsync("after");
        Assert.Equal(["after", "before"], await store.IdsAsync());
    }

    [Fact]
    public async Task File_MovedDuringACommand_LeavesTheOutcomeOpen()
    {
        await using Store store = await TestStore.OpenAsync(_folder.Store);
        StoreException failure = await Assert.ThrowsAsync<StoreException>(() => store.WriteAsync(
            async session =>
            {
                int rows = await session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ('a', 1)");
                File.Move(_folder.PathOf("headgate.db"), _folder.PathOf("away.db"));
                return rows;
            },
            Stop));
        Assert.Equal((StoreErrorKind.Gone, true), (failure.Problem.Kind, failure.OutcomeUnknown));
    }

    [Fact]
    public async Task LogFile_RemovedWhileOpen_LosesNothingAcknowledged()
    {
        await using Store store = await TestStore.OpenAsync(_folder.Store);
        await store.InsertAsync("before");
        File.Delete(_folder.PathOf("headgate.db-wal"));
        await Until.TrueAsync(() => !store.Health.IsHealthy, "the loss is noticed");
        await Until.TrueAsync(() => store.Health.IsHealthy, "the store is healthy again");
        await store.InsertAsync("after");
        Assert.Equal(["after", "before"], await store.IdsAsync());
    }

    // Nobody uses the store: readiness must find out nonetheless.
    [Fact]
    public async Task File_RemovedWhileIdle_IsNoticed()
    {
        await using Store store = await TestStore.OpenAsync(_folder.Store);
        File.Delete(_folder.PathOf("headgate.db"));
        await Until.TrueAsync(() => store.Health.Problem?.Kind == StoreErrorKind.Gone, "the store is unhealthy");
    }

    [Fact]
    public async Task File_ReplacedByABackup_IsTakenUp()
    {
        await using Store store = await TestStore.OpenAsync(_folder.Store);
        await store.InsertAsync("old");
        SqliteBackup.Write(_folder.Store, _folder.PathOf("backup.db"));
        await store.InsertAsync("lost");
        foreach (string name in new[] { "headgate.db", "headgate.db-wal", "headgate.db-shm" })
            File.Delete(_folder.PathOf(name));
        await Until.TrueAsync(() => !store.Health.IsHealthy, "the store is unhealthy");

        File.Move(_folder.PathOf("backup.db"), _folder.PathOf("headgate.db"));
        await Until.TrueAsync(() => store.Health.IsHealthy, "the store is healthy again");
        await store.InsertAsync("new");
        Assert.Equal(["new", "old"], await store.IdsAsync());
    }

    [Fact]
    public async Task Lock_OfAnotherProcess_RefusesAndRecovers()
    {
        // Both have the same tables: those of the other process too.
        var rows = new MigrationSet("rows", new Migration(1, "create rows", "CREATE TABLE rows (id TEXT PRIMARY KEY, payload TEXT NOT NULL)"));
        await using Store store = await TestStore.OpenAsync(_folder.Store, schema: rows);
        await using (WorkerProcess other = await HoldAsync())
        {
            StoreProblem problem = await TestStore.FailsAsync(() => InsertRowAsync(store, "locked out"));
            Assert.Equal(StoreErrorKind.Locked, problem.Kind);
            Assert.Contains("is locked by another process", problem.ToString(), StringComparison.Ordinal);
            Assert.False(store.Health.IsHealthy);

            // Who reads is not kept out.
            Assert.Equal(0, await CountRowsAsync(store));
            await other.ContinueAsync();
            Assert.Equal(0, await other.WaitAsync());
        }

        await Until.TrueAsync(() => store.Health.IsHealthy, "the store is healthy again");
        await InsertRowAsync(store, "after");
        Assert.Equal(1, await CountRowsAsync(store));
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(4096, 200_000)]
    public async Task File_WithBytesOverwritten_IsRefusedUntilABackupIsInItsPlace(int from, int count)
    {
        await using (Store store = await TestStore.OpenAsync(_folder.Store))
        {
            for (int i = 0; i < 50; i++)
                await InsertLargeAsync(store, $"{i:00}", 10_000);
        }

        File.Copy(_folder.PathOf("headgate.db"), _folder.PathOf("backup.db"));
        Damage(_folder.PathOf("headgate.db"), from, count);
        await using Store damaged = TestStore.Create(_folder.Store);
        StoreException failure = await Assert.ThrowsAsync<StoreException>(() => damaged.OpenAsync(Stop));
        Assert.Equal(StoreErrorKind.Corrupt, failure.Problem.Kind);
        Assert.Contains("damaged", failure.Message, StringComparison.Ordinal);
        Assert.Contains("backup", failure.Problem.Fix, StringComparison.Ordinal);

        File.Move(_folder.PathOf("backup.db"), _folder.PathOf("headgate.db"), overwrite: true);
        await damaged.OpenAsync(Stop);
        Assert.Equal(50, await damaged.CountAsync());
    }

    [Fact]
    public async Task File_DamagedWhileOpen_IsRefusedUntilABackupIsInItsPlace()
    {
        await using Store store = await TestStore.OpenAsync(_folder.Store);
        await store.InsertAsync("before");
        SqliteBackup.Write(_folder.Store, _folder.PathOf("backup.db"));
        File.Copy(_folder.PathOf("backup.db"), _folder.PathOf("bad.db"));
        Damage(_folder.PathOf("bad.db"), 4096, 100_000);
        Replace("bad.db");
        await Until.TrueAsync(() => store.Health.Problem?.Kind == StoreErrorKind.Corrupt, "the damage is noticed");
        await Assert.ThrowsAsync<StoreException>(() => store.InsertAsync("into damage"));

        Replace("backup.db");
        await Until.TrueAsync(() => store.Health.IsHealthy, "the store is healthy again");
        Assert.Equal(["before"], await store.IdsAsync());
    }

    // A probe finds its own page sound: what is elsewhere must count too.
    [Fact]
    public async Task File_DamagedWhereNobodyLooksOften_StaysRefused()
    {
        await using Store store = await TestStore.OpenAsync(_folder.Store);
        for (int i = 0; i < 100; i++)
            await store.InsertAsync($"{i:000}{new string('x', 3000)}");
        SqliteBackup.Write(_folder.Store, _folder.PathOf("backup.db"));
        File.Copy(_folder.PathOf("backup.db"), _folder.PathOf("bad.db"));
        Damage(_folder.PathOf("bad.db"), 100_000, 200_000);
        Replace("bad.db");
        await Until.TrueAsync(() => store.Health.Problem?.Kind == StoreErrorKind.Gone, "the change is noticed");
        await Until.TrueAsync(() => store.Health.IsHealthy, "nobody has looked at the damage yet");

        await Assert.ThrowsAsync<StoreException>(store.IdsAsync);
        for (int i = 0; i < 5; i++)
        {
            StoreProblem problem = await TestStore.FailsAsync(() => store.WriteAsync(session => session.ExecuteAsync("DELETE FROM headgate_probe"), Stop));
            Assert.Equal(StoreErrorKind.Corrupt, problem.Kind);
        }

        Replace("backup.db");
        await Until.TrueAsync(() => store.Health.IsHealthy, "the store is healthy again");
        Assert.Equal(100, await store.CountAsync());
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Directory_ThatCannotBeWritten_IsDenied()
    {
        bool root = Environment.IsPrivilegedProcess;
        File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        await using WorkerProcess worker = WorkerProcess.Start("open", _folder.Store.ToString(), asNobody: root);
        Assert.Equal($"The store {_folder.Store} cannot be opened for writing. Give this user read and write access to the file and its directory, and see that the disk is not mounted read-only.", await worker.ReadLineAsync());
        Assert.Equal(2, await worker.WaitAsync());
        File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task Directory_ThatIsNotThere_IsSaid()
    {
        await using Store store = TestStore.Create(StoreLocation.OfFile(_folder.PathOf("no/headgate.db")));
        StoreException failure = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(Stop));
        Assert.Equal($"The store {_folder.PathOf("no/headgate.db")} lies in a directory that is not there. Make the directory, or choose another file.", failure.Message);
    }

    [Fact]
    public async Task Disk_MountedReadOnly_IsDenied()
    {
        using var disk = new SmallDisk(kibibytes: 4096);
        await using (Store first = await TestStore.OpenAsync(StoreLocation.OfFile(disk.PathOf("headgate.db"))))
            await first.InsertAsync("a");
        disk.MountReadOnly();
        await using Store store = TestStore.Create(StoreLocation.OfFile(disk.PathOf("headgate.db")));
        StoreException failure = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(Stop));
        Assert.Equal(StoreErrorKind.Denied, failure.Problem.Kind);
        Assert.Contains("mounted read-only", failure.Message, StringComparison.Ordinal);
    }

    private async Task<WorkerProcess> HoldAsync()
    {
        WorkerProcess other = WorkerProcess.Start("hold", _folder.Store.ToString());
        Assert.Equal("held", await other.ReadLineAsync());
        return other;
    }

    private static Task<int> InsertLargeAsync(Store store, string id, int bytes = 600_000) => store.WriteAsync(
        async session =>
        {
            int rows = await session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ($1, 0)", id);
            await session.ExecuteAsync("INSERT INTO headgate_probe (id, filler) VALUES ($1, $2)", id.Length + Random.Shared.NextInt64(), Enumerable.Repeat((byte)7, bytes).ToArray());
            return rows;
        },
        Stop);

    private static Task<int> InsertRowAsync(Store store, string id) => store.WriteAsync(session => session.ExecuteAsync("INSERT INTO rows (id, payload) VALUES ($1, '')", id), Stop);

    private static Task<long> CountRowsAsync(Store store) => store.ReadAsync(session => session.FindAsync("SELECT COUNT(*) FROM rows", row => row.GetInt64(0)), Stop);

    private void Replace(string by)
    {
        File.Delete(_folder.PathOf("headgate.db-wal"));
        File.Delete(_folder.PathOf("headgate.db-shm"));
        File.Move(_folder.PathOf(by), _folder.PathOf("headgate.db"), overwrite: true);
    }

    private static void Damage(string path, int from, int count)
    {
        using var file = new FileStream(path, FileMode.Open);
        byte[] noise = new byte[Math.Min(count, (int)file.Length - from)];
        new Random(1).NextBytes(noise);
        file.Position = from;
        file.Write(noise);
    }

    private static void Move(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from))
            File.Move(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
