using Headgate.Storage.Tests.Support;

namespace Headgate.Storage.Tests;

/// <summary>What every engine must do alike: commands, queries, values, bounds. Each test has a store of its own.</summary>
public abstract class StoreCompliance
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract Task<StoreLocation> NewLocationAsync();

    private protected async Task<Store> OpenAsync(StoreOptions? options = null) => await TestStore.OpenAsync(await NewLocationAsync(), options);

    [Fact]
    public async Task Query_AfterAnAcknowledgedCommand_SeesIt()
    {
        await using Store store = await OpenAsync();
        for (int i = 1; i <= 50; i++)
        {
            Assert.Equal(1, await store.InsertAsync($"{i}"));
            Assert.Equal(i, await store.CountAsync());
        }
    }

    [Fact]
    public async Task Command_ThatThrows_IsUndoneAndReachesItsCaller()
    {
        await using Store store = await OpenAsync();
        InvalidOperationException thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => store.WriteAsync<int>(
            async session =>
            {
                await session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ('a', 1)");
                throw new InvalidOperationException("no");
            },
            Stop));
        Assert.Equal("no", thrown.Message);
        Assert.Equal(0, await store.CountAsync());
        Assert.True(store.Health.IsHealthy);
    }

    [Fact]
    public async Task Command_ThatFails_TakesNothingElseDown()
    {
        await using Store store = await OpenAsync();
        Task<int>[] commands = [.. Enumerable.Range(0, 200).Select(i => store.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ($1, 0)", $"{i:000}");
                return i % 10 != 3 ? i : i % 20 == 3
                    ? throw new InvalidOperationException("no")
                    : await session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ('a', NULL)");
            },
            Stop))];
        for (int i = 0; i < commands.Length; i++)
        {
            if (i % 10 != 3)
                Assert.Equal(i, await commands[i]);
            else if (i % 20 == 3)
                await Assert.ThrowsAsync<InvalidOperationException>(() => commands[i]);
            else
                Assert.Equal(StoreErrorKind.Constraint, (await TestStore.FailsAsync(() => commands[i])).Kind);
        }

        Assert.Equal(Enumerable.Range(0, 200).Where(i => i % 10 != 3).Select(i => $"{i:000}"), await store.IdsAsync());
    }

    [Fact]
    public async Task Command_ThatCatchesAFailedStatement_IsUndoneNonetheless()
    {
        await using Store store = await OpenAsync();
        await store.InsertAsync("a");
        Task<int> command = store.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ('b', 1)");
                await Assert.ThrowsAsync<StoreException>(async () => await session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ('a', 1)"));
                await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ('c', 1)"));
                return 1;
            },
            Stop);
        Assert.Equal(StoreErrorKind.Constraint, (await TestStore.FailsAsync(() => command)).Kind);
        Assert.Equal(["a"], await store.IdsAsync());
    }

    [Fact]
    public async Task Counter_IncrementedSideBySide_LosesNothing()
    {
        await using Store store = await OpenAsync();
        await store.InsertAsync("counter");
        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => store.WriteAsync(
            async session =>
            {
                long amount = await session.FindAsync("SELECT amount FROM items WHERE id = 'counter'", row => row.GetInt64(0));
                return await session.ExecuteAsync("UPDATE items SET amount = $1 WHERE id = 'counter'", amount + 1);
            },
            Stop)));
        Assert.Equal(64, await store.ReadAsync(session => session.FindAsync("SELECT amount FROM items WHERE id = 'counter'", row => row.GetInt64(0)), Stop));
    }

    // Two instances: what has its turn sees all that the one before wrote, and is never run again over it.
    [Fact]
    public async Task Commands_InTurn_SeeWhatTheOneBeforeCommitted_AndRunOnceEach()
    {
        StoreLocation location = await NewLocationAsync();
        await using Store one = await TestStore.OpenAsync(location);
        await using Store two = await TestStore.OpenAsync(location);
        await one.InsertAsync("counter");
        int runs = 0;
        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => (i % 2 == 0 ? one : two).WriteInTurnAsync(
            "counting",
            async session =>
            {
                Interlocked.Increment(ref runs);
                long amount = await session.FindAsync("SELECT amount FROM items WHERE id = 'counter'", row => row.GetInt64(0));
                return await session.ExecuteAsync("UPDATE items SET amount = $1 WHERE id = 'counter'", amount + 1);
            },
            Stop)));
        Assert.Equal((64L, 64), (await one.ReadAsync(session => session.FindAsync("SELECT amount FROM items WHERE id = 'counter'", row => row.GetInt64(0)), Stop), runs));
    }

    // Every connection but that of the turns is taken: the turn comes all the same.
    [Fact]
    public async Task Command_InTurn_DoesNotWaitBehindOrdinaryOnes()
    {
        await using Store store = await OpenAsync(TestStore.Options with { Connections = 1 });
        if (store.Location.Engine == StoreEngine.Sqlite)
            return;
        var began = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        Task<int> ordinary = store.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ('slow', 1)");
                began.TrySetResult();
                await goOn.Task;
                return 1;
            },
            Stop);
        await began.Task;
        Assert.Equal(1, await store.WriteInTurnAsync("counting", session => session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ('turn', 1)"), Stop));
        goOn.SetResult();
        await ordinary;
    }

    // Two commands that each read what the other writes: on snapshots alone both would go through.
    [Fact]
    public async Task Commands_ThatReadWhatTheOthersWrite_BehaveAsIfOneAfterTheOther()
    {
        await using Store store = await OpenAsync();
        for (int round = 1; round <= 10; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 32).Select(i => store.WriteAsync(
                async session => await session.FindAsync("SELECT COUNT(*) FROM items WHERE amount = $1", row => row.GetInt64(0), round) < 5
                    ? await session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ($1, $2)", $"{round}-{i}", round)
                    : 0,
                Stop)));
            Assert.Equal(5 * round, await store.CountAsync());
        }
    }

    [Fact]
    public async Task Query_WhileOthersWrite_SeesOneSnapshot()
    {
        await using Store store = await OpenAsync();
        await store.InsertAsync("a");
        (long before, long after) = await store.ReadAsync(
            async session =>
            {
                long first = await session.FindAsync("SELECT COUNT(*) FROM items", row => row.GetInt64(0));
                Task.Run(() => store.InsertAsync("b"), Stop).Wait(Stop);
                return (first, await session.FindAsync("SELECT COUNT(*) FROM items", row => row.GetInt64(0)));
            },
            Stop);
        Assert.Equal((1, 1), (before, after));
        Assert.Equal(2, await store.CountAsync());
    }

    [Fact]
    public async Task QueryOfOneStatement_SeesWhatWasAcknowledged_AndMayOnlyRead()
    {
        await using Store store = await OpenAsync(TestStore.Options with { Connections = 1 });
        for (int i = 1; i <= 5; i++)
        {
            await store.InsertAsync($"{i}");
            Assert.Equal(i, (await store.ReadStatementAsync(session => session.ListAsync("SELECT id FROM items", row => row.GetString(0)), Stop)).Count);
            Assert.Equal("1", await store.ReadStatementAsync(session => session.FindAsync("SELECT id FROM items WHERE amount = $1 ORDER BY id", row => row.GetString(0), 0), Stop));
            Assert.Equal(StoreErrorKind.Statement, (await TestStore.FailsAsync(() => store.ReadStatementAsync(
                session => session.FindAsync("INSERT INTO items (id, amount) VALUES ('a', 1) RETURNING id", row => row.GetString(0)), Stop))).Kind);
            Assert.Equal(StoreErrorKind.Statement, (await TestStore.FailsAsync(() => store.ReadStatementAsync(session => session.FindAsync("SELECT id FROM nowhere", row => row.GetString(0)), Stop))).Kind);
        }

        Assert.Equal(5, await store.CountAsync());
        Assert.True(store.Health.IsHealthy);
    }

    // Between two there would be time for a command.
    [Fact]
    public async Task QueryOfOneStatement_WithASecond_IsRefused()
    {
        await using Store store = await OpenAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.ReadStatementAsync(
            async session => await session.FindAsync("SELECT COUNT(*) FROM items", row => row.GetInt64(0)) + await session.FindAsync("SELECT COUNT(*) FROM items", row => row.GetInt64(0)), Stop));
        Assert.Equal(0, await store.CountAsync());
        Assert.Equal(0, await store.ReadAsync(
            async session => await session.FindAsync("SELECT COUNT(*) FROM items", row => row.GetInt64(0)) + await session.FindAsync("SELECT COUNT(*) FROM items", row => row.GetInt64(0)), Stop));
    }

    [Fact]
    public async Task Query_ThatWrites_FailsAndChangesNothing()
    {
        await using Store store = await OpenAsync();
        StoreProblem problem = await TestStore.FailsAsync(() => store.ReadAsync(session => session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ('a', 1)"), Stop));
        Assert.Equal(StoreErrorKind.Statement, problem.Kind);
        Assert.Equal(0, await store.CountAsync());
        Assert.True(store.Health.IsHealthy);
    }

    // On PostgreSQL what opens the transaction goes to the server in one message with the first statement. One connection: what comes next meets what was left behind.
    [Fact]
    public async Task FirstStatement_ThatFails_IsTheOneThatIsNamed_AndLeavesNothingBehind()
    {
        await using Store store = await OpenAsync(TestStore.Options with { Connections = 1 });
        const string wrong = "SELECT id FROM nowhere";
        const string refused = "INSERT INTO items (id, amount) VALUES ('a', NULL)";
        for (int round = 0; round < 3; round++)
        {
            await FailsAsync(StoreErrorKind.Statement, () => store.ReadAsync(session => session.FindAsync(wrong, row => row.GetString(0)), Stop), wrong);
            await FailsAsync(StoreErrorKind.Statement, () => store.ReadAsync(session => session.ListAsync(wrong, row => row.GetString(0)), Stop), wrong);
            await FailsAsync(StoreErrorKind.Statement, () => store.ReadAsync(session => session.FindAsync("INSERT INTO items (id, amount) VALUES ('a', 1) RETURNING id", row => row.GetString(0)), Stop), "may only read");
            await FailsAsync(StoreErrorKind.Statement, () => store.WriteInTurnAsync("counting", session => session.FindAsync(wrong, row => row.GetString(0)), Stop), wrong);
            await FailsAsync(StoreErrorKind.Constraint, () => store.WriteInTurnAsync("counting", session => session.ExecuteAsync(refused), Stop), "items");
            await Assert.ThrowsAsync<InvalidTimeZoneException>(() => store.ReadAsync(session => session.FindAsync<string>("SELECT 1", _ => throw new InvalidTimeZoneException()), Stop));

            // The turn was given back, and the connection is as it was.
            await store.WriteInTurnAsync("counting", session => session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ($1, 1)", $"{round}"), Stop);
            Assert.Equal(round + 1, await store.CountAsync());
        }

        Assert.True(store.Health.IsHealthy);

        static async Task FailsAsync(StoreErrorKind kind, Func<Task> work, string named)
        {
            StoreProblem problem = await TestStore.FailsAsync(work);
            Assert.Equal(kind, problem.Kind);
            Assert.Contains(named, problem.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Statement_ThatIsWrong_IsNamedWithoutItsValues()
    {
        await using Store store = await OpenAsync();
        StoreProblem problem = await TestStore.FailsAsync(() => store.WriteAsync(session => session.ExecuteAsync("INSERT INTO nowhere (id) VALUES ($1)", "a secret"), Stop));
        Assert.Equal(StoreErrorKind.Statement, problem.Kind);
        Assert.Contains("INSERT INTO nowhere (id) VALUES ($1)", problem.Reason, StringComparison.Ordinal);
        Assert.Contains("nowhere", problem.Reason.Split("':")[1], StringComparison.Ordinal);
        Assert.DoesNotContain("a secret", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_AfterItsCommand_IsOfNoUse()
    {
        await using Store store = await OpenAsync();
        StoreSession? kept = null;
        await store.WriteAsync(session => new ValueTask<StoreSession>(kept = session), Stop);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await kept!.ExecuteAsync("DELETE FROM items"));
    }

    [Fact]
    public async Task AfterCommit_IsDoneForWhatIsDurable_AndForNothingElse()
    {
        await using Store store = await OpenAsync();
        var told = new System.Collections.Concurrent.ConcurrentQueue<int>();
        Task<int>[] commands = [.. Enumerable.Range(0, 20).Select(i => store.WriteAsync(
            async session =>
            {
                session.AfterCommit(() => told.Enqueue(i));
                await session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ($1, 0)", $"{i:00}");
                return i % 2 == 0 ? i : throw new InvalidOperationException("no");
            },
            Stop))];
        for (int i = 0; i < commands.Length; i += 2)
        {
            Assert.Equal(i, await commands[i]);
            await Assert.ThrowsAsync<InvalidOperationException>(() => commands[i + 1]);
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(i => 2 * i), told.Order());
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.ReadAsync(
            session =>
            {
                session.AfterCommit(() => Assert.Fail("A query commits nothing."));
                return new ValueTask<int>(0);
            },
            Stop));
    }

    [Fact]
    public async Task Work_BeyondTheBound_IsRefusedAtOnce()
    {
        await using Store store = await OpenAsync(TestStore.Options with { MaxWaiting = 3, Connections = 1 });
        using var blocked = new Blocked(store);
        await blocked.Began;
        Task<int>[] waiting = [.. Enumerable.Range(0, 3).Select(i => store.InsertAsync($"{i}"))];
        StoreProblem problem = await TestStore.FailsAsync(() => store.InsertAsync("one too many"));
        Assert.Equal(StoreErrorKind.Overloaded, problem.Kind);
        Assert.Contains("3 commands are waiting", problem.Reason, StringComparison.Ordinal);
        await blocked.EndAsync();
        await Task.WhenAll(waiting);
        Assert.Equal(["0", "1", "2"], await store.IdsAsync());
    }

    [Fact]
    public async Task Work_ThatWaitsTooLong_IsGivenUpAndNeverDone()
    {
        await using Store store = await OpenAsync(TestStore.Options with { WaitTimeout = TimeSpan.FromMilliseconds(100), Connections = 1 });
        using var blocked = new Blocked(store);
        await blocked.Began;
        Assert.Equal(StoreErrorKind.TimedOut, (await TestStore.FailsAsync(() => store.InsertAsync("late"))).Kind);
        await blocked.EndAsync();
        await store.InsertAsync("next");
        Assert.Equal(["next"], await store.IdsAsync());
    }

    [Fact]
    public async Task Work_CancelledBeforeItBegins_IsNeverDone()
    {
        await using Store store = await OpenAsync(TestStore.Options with { Connections = 1 });
        using var blocked = new Blocked(store);
        await blocked.Began;
        using var cancelled = new CancellationTokenSource();
        Task<int> command = store.WriteAsync(session => session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ('a', 1)"), cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => command);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ReadAsync(_ => new ValueTask<int>(1), cancelled.Token));
        await blocked.EndAsync();
        await store.InsertAsync("next");
        Assert.Equal(["next"], await store.IdsAsync());
    }

    [Fact]
    public async Task Dispose_WithWorkAccepted_FinishesItAndTakesNoMore()
    {
        StoreLocation location = await NewLocationAsync();
        Store store = await TestStore.OpenAsync(location, TestStore.Options with { Connections = 1 });
        using var blocked = new Blocked(store);
        await blocked.Began;
        Task<int> accepted = store.InsertAsync("accepted");
        Task disposing = store.DisposeAsync().AsTask();
        await blocked.EndAsync();
        await disposing;
        Assert.Equal(1, await accepted);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.InsertAsync("too late"));

        await using Store again = await TestStore.OpenAsync(location);
        Assert.Equal(["accepted"], await again.IdsAsync());
    }
}
