using System.Text;
using Headgate.Integration.Operations;
using Headgate.Storage;
using Headgate.Storage.Tests.Support;

namespace Headgate.Integration.Tests.Operations;

/// <summary>What operations do alike on both engines. Each test has a store of its own.</summary>
public abstract class OperationCompliance
{
    private readonly SharedTime _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract Task<StoreLocation> NewLocationAsync();

    private async Task<RunningOperations> StartAsync(Func<OperationRun, CancellationToken, Task> body) => await RunningOperations.StartAsync(await NewLocationAsync(), _time, body);

    [Fact]
    public async Task Operation_AsItWasBegunAndSaved_IsReadBack()
    {
        var step = new TaskCompletionSource();
        DateTimeOffset deadline = _time.Now + TimeSpan.FromHours(1);
        await using RunningOperations running = await StartAsync(async (run, stopped) =>
        {
            await run.SaveAsync(new OperationChange { Progress = 25, Message = "Half \0way 😀", Stage = "reserve", Data = [1, 0, 255], EstimatedCompletion = deadline, Lines = ["line"], Facts = [new("step", "reserve")] }, stopped);
            await step.Task.WaitAsync(stopped);
            await run.SaveAsync(new OperationChange { End = OperationState.Succeeded, Result = new OperationResult(201, "application/json", "{}"u8.ToArray()) }, stopped);
        });
        NewOperation told = RunningOperations.New("acme", "acme/user:jane") with
        {
            Version = "v7", Data = [9], Stage = "first", Message = "Begins", Deadline = deadline, CorrelationId = "c", TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        };
        OperationRun run = await running.BeginAsync(told);
        await Until.TrueAsync(async () => (await running.FindAsync(run.Record.Id)).Progress == 25, "it is saved");
        OperationRecord half = await running.FindAsync(run.Record.Id);
        step.SetResult();
        OperationRecord ended = (await run.Ended)!;
        OperationRecord read = await running.FindAsync(run.Record.Id);

        Assert.Matches("^op_[0-9a-f]{32}$", half.Id);
        Assert.Equal((OperationState.InProgress, "Half way 😀", "reserve", deadline, null), (half.State, half.Message, half.Stage, half.EstimatedCompletion, half.EndedAt));
        Assert.Equal(new byte[] { 1, 0, 255 }, half.Data);
        Assert.Equal((told.Kind, told.Name, told.Api, told.Tenant, told.Owner, told.Version), (half.Kind, half.Name, half.Api, half.Tenant, half.Owner, half.Version));
        Assert.Equal((told.Deadline, told.CorrelationId, told.TraceParent, _time.Now), (half.Deadline, half.CorrelationId, half.TraceParent, half.CreatedAt));
        Assert.Equal((OperationState.Succeeded, 100, _time.Now), (read.State, read.Progress, read.EndedAt));
        Assert.Equal((201, "application/json", "{}"), (read.Result!.Status, read.Result.MediaType, Encoding.UTF8.GetString(read.Result.Body)));
        Assert.Equal(read.State, ended.State);
        Assert.Equal(["operation.started", "operation.progress_updated", "operation.succeeded"], await running.EventsAsync(run.Record.Id));
        Assert.Null(await running.Registry.FindAsync("op_00000000000000000000000000000000", Stop));
    }

    [Fact]
    public async Task Instance_ThatStops_HandsItsOperationsBack_AndAnotherGoesOnAtOnce()
    {
        StoreLocation location = await NewLocationAsync();
        await using RunningOperations first = await RunningOperations.StartAsync(location, _time, TestKind.WaitAsync);
        string id = (await first.BeginAsync()).Record.Id;
        await first.StopAsync();

        await using RunningOperations second = await RunningOperations.StartAsync(location, _time, TestKind.SucceedAsync);
        await second.IsAsync(id, OperationState.Succeeded);

        Assert.Equal(["operation.started", "operation.resumed", "operation.succeeded"], await second.EventsAsync(id));
    }

    // A kind that breaks when it is to stop keeps nobody waiting until the lease is over.
    [Fact]
    public async Task Instance_ThatStops_HandsBackAlso_WhatBreaksThen()
    {
        await using RunningOperations running = await StartAsync(async (_, stopped) =>
        {
            await Task.Delay(Timeout.Infinite, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new InvalidOperationException("It does not stop well.");
        });
        string id = (await running.BeginAsync()).Record.Id;
        await running.StopAsync();

        OperationRecord left = await running.FindAsync(id);
        Assert.Equal((OperationState.Pending, "", 0), (left.State, left.Worker, left.Failures));
    }

    [Fact]
    public async Task Kind_ThatFails_IsRunAgainLater_AndGivenUpAtTheEnd_AndCanBeRetried()
    {
        bool isMended = false;
        await using RunningOperations running = await StartAsync((run, stopped) =>
            isMended ? TestKind.SucceedAsync(run, stopped) : throw new InvalidOperationException("secret"));
        string id = (await running.BeginAsync()).Record.Id;
        await RunningOperations.AdvanceUntilAsync(_time, async () => (await running.FindAsync(id)).HasEnded, "it is given up");
        OperationRecord failed = await running.FindAsync(id);
        isMended = true;
        OperationRecord? retried = await running.Registry.RetryAsync(id, Stop);
        OperationRecord? again = await running.Registry.RetryAsync(id, Stop);
        await RunningOperations.AdvanceUntilAsync(_time, async () => (await running.FindAsync(id)).HasEnded, "it is retried");

        Assert.Equal((OperationState.Failed, "INTERNAL_ERROR"), (failed.State, failed.Error!.Code));
        Assert.NotNull(failed.Attention);
        Assert.DoesNotContain("secret", failed.Attention, StringComparison.Ordinal);
        Assert.Equal(OperationWorker.MostFailures, failed.Failures);
        Assert.Equal((OperationState.Pending, null, null), (retried!.State, retried.Attention, retried.Error));
        Assert.Null(again);
        Assert.Equal((OperationState.Succeeded, null), ((await running.FindAsync(id)).State, (await running.FindAsync(id)).Error));
    }

    // The first instance stands still, as a process that is stopped or has no time: its lease ends, and when it goes on it must change nothing.
    [Fact]
    public async Task Instance_ThatStandsStill_LosesItsOperations_AndCanChangeNothingWhenItWakes()
    {
        StoreLocation location = await NewLocationAsync();
        var wake = new TaskCompletionSource();
        Exception? thrown = null;
        await using RunningOperations sleeper = await RunningOperations.StartAsync(location, _time, async (run, _) =>
        {
            await wake.Task;
            thrown = await Record.ExceptionAsync(() => run.SaveAsync(new OperationChange { End = OperationState.Failed, Data = [1] }, Stop));
            throw thrown!;
        });
        OperationRun lost = await sleeper.BeginAsync();
        sleeper.Time.IsPaused = true;
        await using RunningOperations other = await RunningOperations.StartAsync(location, _time, TestKind.SucceedAsync);
        await RunningOperations.AdvanceUntilAsync(_time, async () => (await other.FindAsync(lost.Record.Id)).HasEnded, "the other instance goes on with it");

        wake.SetResult();
        Assert.Null(await lost.Ended);

        Assert.IsType<OperationLostException>(thrown);
        OperationRecord read = await other.FindAsync(lost.Record.Id);
        Assert.Equal((OperationState.Succeeded, 0), (read.State, read.Data.Length));
        Assert.Equal(["operation.started", "operation.resumed", "operation.succeeded"], await other.EventsAsync(read.Id));
    }

    // No time passes here: its lease would have to end for everybody else.
    [Fact]
    public async Task Instance_ThatDied_IsFollowedAtOnce_ByTheNextOfTheSameHome()
    {
        StoreLocation location = await NewLocationAsync();
        await using RunningOperations died = await RunningOperations.StartAsync(location, _time, home: "a", new TestKind(TestKind.DefaultName, TestKind.WaitAsync));
        OperationRun left = await died.BeginAsync();
        died.Time.IsPaused = true;
        await using RunningOperations next = await RunningOperations.StartAsync(location, _time, home: "a", new TestKind(TestKind.DefaultName, TestKind.SucceedAsync));

        await next.IsAsync(left.Record.Id, OperationState.Succeeded);
    }

    // By the row alone: this instance believes that it lives, since no time has passed for it.
    [Fact]
    public async Task Save_OfAnInstanceThatDoesNotKnowYet_IsRefusedByTheStore_WithItsEvent()
    {
        StoreLocation location = await NewLocationAsync();
        var go = new TaskCompletionSource();
        await using RunningOperations first = await RunningOperations.StartAsync(location, _time, async (run, stopped) =>
        {
            await go.Task;
            await run.SaveAsync(new OperationChange { Progress = 50, Message = "zombie" }, Stop);
        });
        OperationRun run = await first.BeginAsync();
        await first.Store.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("INSERT INTO headgate_operation_workers (instance, lease_until) VALUES ('another', $1)", _time.Now + TimeSpan.FromDays(1));
                return await session.ExecuteAsync("UPDATE headgate_operations SET worker = 'another', epoch = epoch + 1");
            },
            Stop);
        go.SetResult();

        Assert.Null(await run.Ended);
        Assert.Equal((0, null), ((await first.FindAsync(run.Record.Id)).Progress, (await first.FindAsync(run.Record.Id)).Message));
        Assert.Equal(["operation.started"], await first.EventsAsync(run.Record.Id));
    }

    [Fact]
    public async Task Instance_ThatCouldNotShowThatItLives_LetsGoItself_AndGoesOnUnderAnotherName()
    {
        int runs = 0;
        await using RunningOperations running = await StartAsync((run, stopped) => Interlocked.Increment(ref runs) == 1 ? TestKind.WaitAsync(run, stopped) : TestKind.SucceedAsync(run, stopped));
        OperationRun first = await running.BeginAsync();
        running.Time.IsPaused = true;
        _time.Advance(WorkerTerm.HeldTime);
        running.Time.IsPaused = false;
        await RunningOperations.AdvanceUntilAsync(_time, async () => (await running.FindAsync(first.Record.Id)).HasEnded, "it goes on");

        Assert.Null(await first.Ended);
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task Cancel_ReachesTheInstanceThatIsAtIt_FromAnyOther()
    {
        StoreLocation location = await NewLocationAsync();
        await using RunningOperations other = await RunningOperations.StartAsync(location, _time);
        await using RunningOperations worker = await RunningOperations.StartAsync(location, _time, TestKind.WaitForCancelAsync);
        string id = (await worker.BeginAsync()).Record.Id;

        OperationRecord? asked = await other.Registry.CancelAsync(id, Stop);
        OperationRecord? again = await other.Registry.CancelAsync(id, Stop);
        await RunningOperations.AdvanceUntilAsync(_time, async () => (await other.FindAsync(id)).HasEnded, "it is cancelled");

        Assert.Equal((OperationState.Cancelling, OperationState.Cancelling), (asked!.State, again!.State));
        Assert.Equal(OperationState.Cancelled, (await other.FindAsync(id)).State);
        Assert.Null(await other.Registry.CancelAsync(id, Stop));
        Assert.Null(await other.Registry.CancelAsync("op_00000000000000000000000000000000", Stop));
        Assert.Equal(["operation.started", "operation.cancel_requested", "operation.cancelled"], await worker.EventsAsync(id));
    }

    // Whoever asks is told the truth: after an end nothing is cancelling any more, and who was told that it is cancelling saw it before its end.
    [Fact]
    public async Task Cancels_AndEnds_AtTheSameTime_LeaveNothingBetweenStates()
    {
        await using RunningOperations running = await StartAsync(async (run, stopped) =>
        {
            await run.SaveAsync(new OperationChange { Progress = 50 }, stopped);
            await run.SaveAsync(new OperationChange { End = run.CancelRequested.IsCancellationRequested ? OperationState.Cancelled : OperationState.Succeeded }, stopped);
        });
        OperationRun[] runs = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => running.BeginAsync()));
        OperationRecord?[] asked = await Task.WhenAll(runs.Select(run => running.Registry.CancelAsync(run.Record.Id, Stop)));
        await Task.WhenAll(runs.Select(run => run.Ended));

        foreach ((OperationRun run, OperationRecord? told) in runs.Zip(asked))
        {
            OperationRecord read = await running.FindAsync(run.Record.Id);
            Assert.True(read.HasEnded);
            Assert.Equal(told is not null, read.CancelRequested is not null);
            Assert.True(told is null || told.State == OperationState.Cancelling);
            Assert.True(read.State == OperationState.Succeeded || told is not null);
        }
    }

    [Fact]
    public async Task Operation_ThatKillsWhoeverIsAtIt_IsGivenUp()
    {
        StoreLocation location = await NewLocationAsync();
        await using RunningOperations first = await RunningOperations.StartAsync(location, _time, TestKind.WaitAsync);
        string id = (await first.BeginAsync()).Record.Id;
        await first.StopAsync();
        int deaths = 0;
        for (; deaths <= OperationWorker.MostTakeovers && !(await first.FindAsync(id)).HasEnded; deaths++)
        {
            // A process that dies leaves its name behind.
            await first.Store.WriteAsync(session => session.ExecuteAsync("UPDATE headgate_operations SET worker = 'dead' WHERE id = $1", id), Stop);
            await using RunningOperations next = await RunningOperations.StartAsync(location, _time, TestKind.WaitAsync);
            await Until.TrueAsync(async () => (await first.FindAsync(id)) is { } now && (now.HasEnded || (now.Takeovers == deaths + 1 && deaths + 1 < OperationWorker.MostTakeovers)), "it is taken over");
        }

        OperationRecord read = await first.FindAsync(id);
        Assert.Equal((OperationWorker.MostTakeovers, OperationState.Failed), (deaths, read.State));
        Assert.NotNull(read.Attention);
    }

    // As many restarts as there are: nobody died.
    [Fact]
    public async Task Restarts_AreNoDeaths()
    {
        StoreLocation location = await NewLocationAsync();
        string? id = null;
        for (int i = 0; i <= OperationWorker.MostTakeovers + 1; i++)
        {
            await using RunningOperations running = await RunningOperations.StartAsync(location, _time, TestKind.WaitAsync);
            id ??= (await running.BeginAsync()).Record.Id;
            await Until.TrueAsync(() => running.Registry.Running == 1, "it is taken over");
            Assert.Equal((false, 0), ((await running.FindAsync(id)).HasEnded, (await running.FindAsync(id)).Takeovers));
        }
    }

    [Fact]
    public async Task Operation_OfAKindThatNobodyKnows_WaitsForAnUpgrade_AndIsThenGivenUp()
    {
        StoreLocation location = await NewLocationAsync();
        string id;
        await using (RunningOperations old = await RunningOperations.StartAsync(location, _time, TestKind.WaitAsync))
            id = (await old.BeginAsync()).Record.Id;
        await using RunningOperations running = await RunningOperations.StartAsync(location, _time);
        _time.Advance(OperationSweeper.Patience - TimeSpan.FromSeconds(30));
        Assert.False((await running.FindAsync(id)).HasEnded);
        await RunningOperations.AdvanceUntilAsync(_time, async () => (await running.FindAsync(id)).HasEnded, "it is given up");

        Assert.Contains("'test'", (await running.FindAsync(id)).Attention, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kind_ThatReturnsWithoutAnEnd_IsNotBelieved()
    {
        await using RunningOperations running = await StartAsync((_, _) => Task.CompletedTask);
        string id = (await running.BeginAsync()).Record.Id;
        await RunningOperations.AdvanceUntilAsync(_time, async () => (await running.FindAsync(id)).HasEnded, "it is given up");
        Assert.NotNull((await running.FindAsync(id)).Attention);
    }

    [Fact]
    public async Task Resolved_IsNobodysConcernAnyMore_AndStaysFailed()
    {
        await using RunningOperations running = await StartAsync((run, stopped) =>
            run.SaveAsync(new OperationChange { End = OperationState.Failed, Attention = "The refund was refused.", Error = new OperationError("BAD_GATEWAY", "No.") }, stopped));
        OperationRun run = await running.BeginAsync();
        await run.Ended;
        OperationRecord? resolved = await running.Registry.ResolveAsync(run.Record.Id, "refunded by hand", Stop);

        Assert.Equal((OperationState.Failed, null, "refunded by hand"), (resolved!.State, resolved.Attention, resolved.Resolution));
        Assert.Null(await running.Registry.ResolveAsync(run.Record.Id, "again", Stop));
        Assert.Null(await running.Registry.RetryAsync(run.Record.Id, Stop));
        Assert.Equal(["operation.started", "operation.needs_attention", "operation.resolved"], await running.EventsAsync(run.Record.Id));
    }

    // What only going on needs is nobody's any more; an instance that does not know the kind cannot tell which of it that is.
    [Theory]
    [InlineData(true, new byte[] { 7 })]
    [InlineData(false, new byte[] { 1, 2, 3 })]
    public async Task Resolved_KeepsOfItsDataWhatItsKindSays(bool knowsKind, byte[] kept)
    {
        StoreLocation location = await NewLocationAsync();
        await using RunningOperations first = await RunningOperations.StartAsync(location, _time, new ForgetfulKind());
        OperationRun run = await first.BeginAsync();
        await run.Ended;
        await using RunningOperations other = knowsKind ? await RunningOperations.StartAsync(location, _time, new ForgetfulKind()) : await RunningOperations.StartAsync(location, _time);

        await other.Registry.ResolveAsync(run.Record.Id, "done by hand", Stop);

        Assert.Equal(kept, (await first.FindAsync(run.Record.Id)).Data);
    }

    [Fact]
    public async Task Process_ThatStops_BeginsNothingMore()
    {
        await using RunningOperations running = await StartAsync(TestKind.WaitAsync);
        await running.StopAsync();
        Assert.Null(await running.Registry.StartAsync(RunningOperations.New(), Stop));
    }

    [Fact]
    public async Task Changes_ThatNoOperationCanHave_AreRefused()
    {
        var refused = new List<Exception?>();
        await using RunningOperations running = await StartAsync(async (run, stopped) =>
        {
            foreach (OperationChange change in new OperationChange[]
            {
                new() { End = OperationState.Pending },
                new() { End = OperationState.Succeeded, Attention = "no" },
                new() { Result = new OperationResult(200, null, []) },
                new() { Data = new byte[OperationBounds.MostDataBytes + 1] },
                new() { End = OperationState.Succeeded, Result = new OperationResult(200, null, new byte[OperationBounds.MostResultBytes + 1]) },
                new() { Lines = [.. Enumerable.Repeat("x", OperationBounds.MostLines + 1)] },
            })
                refused.Add(await Record.ExceptionAsync(() => run.SaveAsync(change, stopped)));
            await run.SaveAsync(new OperationChange { End = OperationState.Succeeded, Message = new string('x', OperationBounds.MostTextChars + 1) }, stopped);
            refused.Add(await Record.ExceptionAsync(() => run.SaveAsync(new OperationChange { Progress = 1 }, stopped)));
        });
        OperationRun run = await running.BeginAsync();
        await run.Ended;

        Assert.Equal(7, refused.Count);
        Assert.All(refused, exception => Assert.IsAssignableFrom<ArgumentException>(exception));
        Assert.Equal(OperationBounds.MostTextChars, (await running.FindAsync(run.Record.Id)).Message!.Length);
    }
}
