using System.Diagnostics;
using Headgate.Storage.Tests.Support;
using Headgate.TestSupport;

namespace Headgate.Storage.Tests.Faults;

/// <summary>The server of a store fails, for real: the store says why, and goes on by itself when it is mended.</summary>
public sealed class PostgreSqlFaultTests(SharedCluster shared)
{
    // Nobody but the test says anything to the server.
    private static readonly StoreOptions s_unwatched = TestStore.Options with { ProbeInterval = TimeSpan.FromMinutes(10), RecoveryInterval = TimeSpan.FromMinutes(10) };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_StoppedAndStarted_RefusesAndRecovers()
    {
        await using PostgreSqlCluster cluster = await StartAsync();
        await using Store store = await TestStore.OpenAsync(SharedCluster.LocationOf(await cluster.CreateDatabaseAsync()));
        await Task.WhenAll(Enumerable.Range(0, 32).Select(i => store.InsertAsync($"before-{i:00}")));
        await cluster.PauseAsync();

        StoreProblem problem = await TestStore.FailsAsync(() => store.InsertAsync("meanwhile"));
        Assert.Equal(StoreErrorKind.Unreachable, problem.Kind);
        Assert.StartsWith($"The store postgres://app@127.0.0.1:{cluster.Port}/test_1 cannot be reached: ", problem.ToString(), StringComparison.Ordinal);
        await Until.TrueAsync(() => store.Health.Problem?.Kind == StoreErrorKind.Unreachable, "the store is unhealthy");

        await cluster.ResumeAsync();
        await Until.TrueAsync(() => store.Health.IsHealthy, "the store is healthy again");
        await store.InsertAsync("after");
        Assert.Equal(33, await store.CountAsync());
    }

    // Pooled connections are dead then, all of them; nobody may notice.
    [Fact]
    public async Task Server_RestartedWhileIdle_IsUsedAgainWithoutAFailure()
    {
        await using PostgreSqlCluster cluster = await StartAsync();
        await using Store store = await TestStore.OpenAsync(SharedCluster.LocationOf(await cluster.CreateDatabaseAsync()), s_unwatched);
        await Task.WhenAll(Enumerable.Range(0, 32).Select(i => store.InsertAsync($"before-{i:00}")));
        await cluster.PauseAsync();
        await cluster.ResumeAsync();
        await Task.WhenAll(Enumerable.Range(0, 32).Select(i => store.InsertAsync($"after-{i:00}")));
        Assert.Equal(64, await store.CountAsync());
        Assert.True(store.Health.IsHealthy);
    }

    [Fact]
    public async Task Connection_LostBeforeTheCommit_IsAsIfNothingHadBeen()
    {
        await using BreakingProxy proxy = await ProxyAsync();
        await using Store store = await TestStore.OpenAsync(SharedCluster.LocationOf(proxy.Url), s_unwatched);
        proxy.BreakAt("INSERT INTO items");
        await store.InsertAsync("a");
        Assert.Equal(1, proxy.Breaks);
        Assert.Equal(["a"], await store.IdsAsync());
    }

    [Fact]
    public async Task Connection_LostDuringTheCommit_LeavesTheOutcomeOpen()
    {
        await using BreakingProxy proxy = await ProxyAsync();
        await using Store store = await TestStore.OpenAsync(SharedCluster.LocationOf(proxy.Url), s_unwatched);
        proxy.BreakAt("COMMIT");
        StoreException failure = await Assert.ThrowsAsync<StoreException>(() => store.InsertAsync("a"));
        Assert.True(failure.OutcomeUnknown);
        Assert.Equal(StoreErrorKind.Unreachable, failure.Problem.Kind);
        Assert.Equal(1, proxy.Breaks);
    }

    // What says nothing before or after its statement has nothing to lose there.
    [Theory]
    [InlineData("COMMIT", 0)]
    [InlineData("FROM items", 1)]
    public async Task Connection_LostDuringAQueryOfOneStatement_IsNotNoticed(string word, int breaks)
    {
        await using BreakingProxy proxy = await ProxyAsync();
        await using Store store = await TestStore.OpenAsync(SharedCluster.LocationOf(proxy.Url), s_unwatched);
        await store.InsertAsync("a");
        proxy.BreakAt(word);
        Assert.Equal("a", await store.ReadStatementAsync(session => session.FindAsync("SELECT id FROM items", row => row.GetString(0)), Stop));
        Assert.Equal(breaks, proxy.Breaks);
    }

    [Fact]
    public async Task Connection_LostBeforeTheCommitOfScripts_IsAsIfNothingHadBeen()
    {
        await using BreakingProxy proxy = await ProxyAsync();
        await using Store store = await TestStore.OpenAsync(SharedCluster.LocationOf(proxy.Url), s_unwatched);
        proxy.BreakAt("INSERT INTO items");
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(i => store.WriteAsync(Script($"{i:00}"), Stop))), Assert.True);
        Assert.Equal(1, proxy.Breaks);
        Assert.Equal(20, await store.CountAsync());
    }

    [Fact]
    public async Task Connection_LostDuringTheCommitOfScripts_LeavesTheOutcomeOpen()
    {
        await using BreakingProxy proxy = await ProxyAsync();
        await using Store store = await TestStore.OpenAsync(SharedCluster.LocationOf(proxy.Url), s_unwatched);
        // The isolation level READ COMMITTED is no commit.
        proxy.BreakAt("COMMIT\0");
        StoreException failure = await Assert.ThrowsAsync<StoreException>(() => store.WriteAsync(Script("a"), Stop));
        Assert.True(failure.OutcomeUnknown);
        Assert.Equal(StoreErrorKind.Unreachable, failure.Problem.Kind);
        Assert.Equal(1, proxy.Breaks);
        Assert.True(await store.WriteAsync(Script("b"), Stop));
    }

    [Fact]
    public async Task Port_WhereNobodyListens_IsUnreachable()
    {
        await using Store store = TestStore.Create(SharedCluster.LocationOf("postgres://app:hush@127.0.0.1:9/db"));
        StoreException failure = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(Stop));
        Assert.Equal(StoreErrorKind.Unreachable, failure.Problem.Kind);
        Assert.DoesNotContain("hush", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_ThatIsWrong_IsDeniedAndNotRepeated()
    {
        await using PostgreSqlCluster cluster = await StartAsync();
        string url = await cluster.CreateDatabaseAsync();
        await cluster.ExecuteAsync($"CREATE ROLE {PostgreSqlCluster.GuardedUser} LOGIN SUPERUSER PASSWORD 'the right one!'");
        var log = new MessageLog();
        await using (Store store = TestStore.Create(SharedCluster.LocationOf(url.Replace("app@", $"{PostgreSqlCluster.GuardedUser}:wrong-secret@", StringComparison.Ordinal)), logger: log))
        {
            StoreException failure = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(Stop));
            Assert.Equal(StoreErrorKind.Denied, failure.Problem.Kind);
            Assert.Contains("refuses the login", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("wrong-secret", failure.ToString(), StringComparison.Ordinal);
            Assert.All(log.Messages, message => Assert.DoesNotContain("wrong-secret", message, StringComparison.Ordinal));
        }

        await using Store right = await TestStore.OpenAsync(SharedCluster.LocationOf(url.Replace("app@", $"{PostgreSqlCluster.GuardedUser}:the%20right%20one%21@", StringComparison.Ordinal)));
        await right.InsertAsync("a");
    }

    [Fact]
    public async Task Database_ThatDoesNotExist_IsGone()
    {
        string place = (await shared.NewDatabaseAsync()).ToString();
        await using Store store = TestStore.Create(SharedCluster.LocationOf(place[..place.LastIndexOf('/')] + "/nowhere"));
        StoreException failure = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(Stop));
        Assert.Equal(StoreErrorKind.Gone, failure.Problem.Kind);
        Assert.Contains("CREATE DATABASE", failure.Problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_ThatIsReadOnly_RefusesAndRecovers()
    {
        await using PostgreSqlCluster cluster = await StartAsync();
        await using Store store = await TestStore.OpenAsync(SharedCluster.LocationOf(await cluster.CreateDatabaseAsync()));
        await cluster.ExecuteAsync("ALTER SYSTEM SET default_transaction_read_only = on");
        await cluster.ExecuteAsync("SELECT pg_reload_conf()");
        await Until.TrueAsync(() => store.InsertAsync(Guid.NewGuid().ToString()).ContinueWith(command => command.IsFaulted, Stop, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Result, "the server has read it");
        Assert.Equal(StoreErrorKind.ReadOnly, (await TestStore.FailsAsync(() => store.InsertAsync("refused"))).Kind);
        await Until.TrueAsync(() => store.Health.Problem?.Kind == StoreErrorKind.ReadOnly, "the store is unhealthy");

        await cluster.ExecuteAsync("SET default_transaction_read_only = off", "ALTER SYSTEM RESET default_transaction_read_only");
        await cluster.ExecuteAsync("SELECT pg_reload_conf()");
        await Until.TrueAsync(() => store.Health.IsHealthy, "the store is healthy again");
        await store.InsertAsync("after");
    }

    [Fact]
    public async Task Disk_OfTheServerFull_RefusesAndRecovers()
    {
        using var disk = new SmallDisk(kibibytes: 32 * 1024);
        await using PostgreSqlCluster cluster = await StartAsync();
        string space = Directory.CreateDirectory(disk.PathOf("space")).FullName;
        using (Process chown = Process.Start("chown", ["postgres", disk.Path, space]))
            await chown.WaitForExitAsync(Stop);
        await cluster.ExecuteAsync($"CREATE TABLESPACE small LOCATION '{space}'");
        await cluster.ExecuteAsync("CREATE DATABASE small TABLESPACE small");
        await using Store store = await TestStore.OpenAsync(SharedCluster.LocationOf($"postgres://app@127.0.0.1:{cluster.Port}/small"));
        await store.InsertAsync("before");
        string filler = disk.Fill(leave: 64 * 1024);

        byte[] large = new byte[4 * 1024 * 1024];
        new Random(1).NextBytes(large);
        StoreProblem problem = await TestStore.FailsAsync(() => store.WriteAsync(session => session.ExecuteAsync("INSERT INTO headgate_probe (id, filler) VALUES (1, $1)", large), Stop));
        Assert.Equal(StoreErrorKind.Full, problem.Kind);

        File.Delete(filler);
        await Until.TrueAsync(() => store.Health.IsHealthy, "the store is healthy again");
        Assert.Equal(["before"], await store.IdsAsync());
    }

    [Fact]
    public async Task Migration_OfAnotherInstance_IsNotWaitedForForEver()
    {
        StoreLocation location = await shared.NewDatabaseAsync();
        await using Store first = await TestStore.OpenAsync(location);
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var end = new TaskCompletionSource();
        Task<int> holder = first.WriteAsync(
            async session =>
            {
                await session.FindAsync("SELECT pg_advisory_xact_lock($1)", _ => true, 0x4865_6164_6761_7465);
                held.SetResult();
                await end.Task;
                return 0;
            },
            Stop);
        await held.Task;
        await using Store second = TestStore.Create(location, TestStore.Options with { MigrationTimeout = TimeSpan.FromMilliseconds(200) });
        StoreException? failure = await Record.ExceptionAsync(() => second.OpenAsync(Stop)) as StoreException;
        end.SetResult();
        await holder;
        Assert.Equal(StoreErrorKind.Locked, failure?.Problem.Kind);
        Assert.Contains("another instance", failure!.Message, StringComparison.Ordinal);
        await second.OpenAsync(Stop);
    }

    // As a process that is suspended: what it has locked others get, and what it had done is undone and done again.
    [Fact]
    public async Task Process_ThatStandsStillInACommand_HoldsNobodyUpForLong()
    {
        StoreLocation location = await shared.NewDatabaseAsync();
        await using Store still = await TestStore.OpenAsync(location, TestStore.Options with { IdleInTransactionTimeout = TimeSpan.FromMilliseconds(300) });
        await using Store other = await TestStore.OpenAsync(location);
        await still.InsertAsync("a");
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var wake = new TaskCompletionSource();
        int runs = 0;
        Task<long> stands = still.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("UPDATE items SET amount = amount + 1 WHERE id = $1", "a");
                if (runs++ == 0)
                {
                    held.SetResult();
                    await wake.Task;
                }

                return await session.FindAsync("SELECT amount FROM items WHERE id = $1", row => row.GetInt64(0), "a");
            },
            Stop);
        await held.Task;

        await other.WriteAsync(session => session.ExecuteAsync("UPDATE items SET amount = amount + 10 WHERE id = $1", "a"), Stop);
        wake.SetResult();

        Assert.Equal((11, 2), (await stands, runs));
    }

    [Fact]
    public async Task Commit_IsSynchronous_WhateverTheServersDefault()
    {
        await using PostgreSqlCluster cluster = await StartAsync();
        await cluster.ExecuteAsync("ALTER SYSTEM SET synchronous_commit = off");
        await cluster.ExecuteAsync("SELECT pg_reload_conf()");
        var log = new MessageLog();
        await using Store store = await TestStore.OpenAsync(SharedCluster.LocationOf(await cluster.CreateDatabaseAsync()), logger: log);
        Assert.Equal("on", await store.WriteAsync(session => session.FindAsync("SELECT current_setting('synchronous_commit')", row => row.GetString(0)), Stop));

        // What no client can change is said.
        Assert.False((await store.InspectAsync(Stop)).Durable);
        Assert.Contains(log.Messages, message => message.Contains("fsync off", StringComparison.Ordinal));
    }

    private static Task<PostgreSqlCluster> StartAsync()
    {
        SharedCluster.Require();
        return PostgreSqlCluster.StartAsync();
    }

    private async Task<BreakingProxy> ProxyAsync() => new((await shared.NewDatabaseAsync()).ToString());

    private static StoreScript Script(string id) => new(new StoreStatement("INSERT INTO items (id, amount) VALUES ($1, 0)", id));
}
