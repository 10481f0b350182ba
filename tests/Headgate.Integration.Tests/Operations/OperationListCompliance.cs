using Headgate.Gateway.Telemetry.Metrics;
using Headgate.Integration.Operations;
using Headgate.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Integration.Tests.Operations;

/// <summary>Lists, logs and retention, alike on both engines.</summary>
public abstract class OperationListCompliance
{
    private readonly SharedTime _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract Task<StoreLocation> NewLocationAsync();

    private async Task<RunningOperations> StartAsync() => await RunningOperations.StartAsync(await NewLocationAsync(), _time);

    [Fact]
    public async Task List_HasTheLatestFirst_PageByPage_AndNothingTwice()
    {
        await using RunningOperations running = await StartAsync();
        await KeptOperations.AddAsync(running.Store, Enumerable.Range(1, 25).Select(i => KeptOperations.Of(i, _time.Now)));
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            OperationPage page = await running.Registry.ListAsync(OperationFilter.Everything, cursor, 10, Stop);
            Assert.True(page.Operations.Count <= 10);
            seen.AddRange(page.Operations.Select(record => record.Id));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(1, 25).Reverse().Select(i => $"op_{i:x32}"), seen);
    }

    [Fact]
    public async Task Filters_LeaveOutWhatIsNotWanted()
    {
        await using RunningOperations running = await StartAsync();
        await KeptOperations.AddAsync(running.Store,
        [
            KeptOperations.Of(1, _time.Now) with { Tenant = "acme", Owner = "acme/user:a" },
            KeptOperations.Of(2, _time.Now) with { Tenant = "acme", Owner = "acme/user:b", Kind = "saga" },
            KeptOperations.Of(3, _time.Now) with { Tenant = "other", Owner = "other/user:a", Name = "buy" },
            KeptOperations.Of(4, _time.Now, OperationState.Failed) with { Attention = "look", Api = "payments" },
            KeptOperations.Of(5, _time.Now, OperationState.InProgress),
            KeptOperations.Of(6, _time.Now, OperationState.Failed),
        ]);

        await ListsAsync(running, new OperationFilter { Owner = "acme/user:a" }, 1);
        await ListsAsync(running, new OperationFilter { Tenant = "acme" }, 2, 1);
        await ListsAsync(running, new OperationFilter { Tenant = "" }, 6, 5, 4);
        await ListsAsync(running, new OperationFilter { Api = "payments" }, 4);
        await ListsAsync(running, new OperationFilter { Kind = "saga" }, 2);
        await ListsAsync(running, new OperationFilter { Name = "buy" }, 3);
        await ListsAsync(running, new OperationFilter { NeedsAttention = true }, 4);
        await ListsAsync(running, new OperationFilter { States = [OperationState.Failed], NeedsAttention = false }, 6);
        await ListsAsync(running, new OperationFilter { States = [OperationState.InProgress, OperationState.Pending] }, 5);
        await ListsAsync(running, new OperationFilter { Owner = "acme/user:a", Tenant = "other" });
    }

    // What is rare takes more pages, and none of them looks at more than it may.
    [Fact]
    public async Task Page_EndsWhenEnoughWasLookedAt_AndTheNextOnesFindTheRest()
    {
        await using RunningOperations running = await StartAsync();
        await KeptOperations.AddAsync(running.Store, Enumerable.Range(1, 2_500).Select(i => KeptOperations.Of(i, _time.Now) with { Kind = i == 1 ? "rare" : "test" }));

        OperationPage first = await running.Registry.ListAsync(new OperationFilter { Kind = "rare" }, null, 10, Stop);
        OperationPage second = await running.Registry.ListAsync(new OperationFilter { Kind = "rare" }, first.Next, 10, Stop);

        Assert.Empty(first.Operations);
        Assert.NotNull(first.Next);
        Assert.Equal("rare", Assert.Single(second.Operations).Kind);
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Retention_DeletesWhatEndedLongAgo_ThenWhatIsTooMuch_AndNeverWhatNeedsAttention()
    {
        await using RunningOperations running = await StartAsync();
        DateTimeOffset now = _time.Now;
        DateTimeOffset old = now - TimeSpan.FromDays(7);
        await KeptOperations.AddAsync(running.Store,
        [
            .. Enumerable.Range(1, 600).Select(i => KeptOperations.Of(i, old)),
            KeptOperations.Of(1001, old, OperationState.Failed) with { Attention = "look" },
            KeptOperations.Of(1002, old, OperationState.InProgress),
            .. Enumerable.Range(2000, 5).Select(i => KeptOperations.Of(i, old + TimeSpan.FromMinutes(i))),
        ]);
        var retention = new OperationRetention(running.Store, new OperationRetentionOptions { Most = 3 }, running.Time, NullLogger.Instance);

        Assert.Equal(602, await retention.SweepAsync(Stop));
        await ListsAsync(running, OperationFilter.Everything, 2004, 2003, 2002, 1002, 1001);
        await running.Registry.ResolveAsync($"op_{1001:x32}", "done", Stop);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await retention.SweepAsync(Stop));
        await ListsAsync(running, OperationFilter.Everything, 2004, 2003, 1002, 1001);
    }

    [Fact]
    public async Task Watch_TellsWhatIsUnderWay_WhatIsStuck_AndWhatNeedsAttention()
    {
        await using RunningOperations running = await StartAsync();
        DateTimeOffset now = _time.Now;
        await KeptOperations.AddAsync(running.Store,
        [
            KeptOperations.Of(1, now - TimeSpan.FromMinutes(10), OperationState.InProgress) with { Deadline = now - TimeSpan.FromMinutes(3) },
            KeptOperations.Of(2, now, OperationState.InProgress) with { Deadline = now - TimeSpan.FromMinutes(1) },
            KeptOperations.Of(3, now, OperationState.InProgress),
            KeptOperations.Of(4, now, OperationState.Failed) with { Attention = "look" },
            KeptOperations.Of(5, now),
        ]);
        var watch = new OperationWatch(running.Store, running.Registry, running.Time);
        Assert.Null(watch.Last);
        await watch.LookAsync(Stop);

        Assert.Equal((3, TimeSpan.FromMinutes(10), 1, 1), (watch.Last!.UnderWay, watch.Last.OldestAge, watch.Last.Stuck, watch.Last.NeedAttention));
        Assert.Equal(1.0 / RunningOperations.MostAttention, watch.Last.AttentionRatio);
        Assert.Empty(watch.Last.BeginNoMore);
    }

    // What needs attention is never deleted: without a bound, an API whose services fail would fill the store with it.
    [Fact]
    public async Task Api_OfWhichTooManyOperationsNeedAttention_BeginsNoMore_UntilSomebodyHasSeenToOne()
    {
        await using RunningOperations running = await RunningOperations.StartAsync(await NewLocationAsync(), _time, TestKind.SucceedAsync);
        await KeptOperations.AddAsync(running.Store, Enumerable.Range(1, RunningOperations.MostAttention).Select(i => KeptOperations.Of(i, _time.Now, OperationState.Failed) with { Attention = "look" }));
        var watch = new OperationWatch(running.Store, running.Registry, running.Time);
        await watch.LookAsync(Stop);
        OperationStart refused = await running.Registry.StartAsync(RunningOperations.New(), claim: null, Stop);
        OperationStart other = await running.Registry.StartAsync(RunningOperations.New() with { Api = "payments" }, claim: null, Stop);
        LongWorkReadings full = watch.Last!;
        await running.Registry.ResolveAsync($"op_{1:x32}", "done", Stop);
        await watch.LookAsync(Stop);
        OperationStart again = await running.Registry.StartAsync(RunningOperations.New(), claim: null, Stop);

        Assert.Equal((null, OperationRefusal.Attention), (refused.Run, refused.Refusal));
        Assert.Equal((RunningOperations.MostAttention, 1.0), (full.NeedAttention, full.AttentionRatio));
        Assert.Equal(["orders"], full.BeginNoMore);
        Assert.Equal((OperationRefusal.None, OperationRefusal.None), (other.Refusal, again.Refusal));
        Assert.Empty(watch.Last!.BeginNoMore);
    }

    private static async Task ListsAsync(RunningOperations running, OperationFilter filter, params int[] ids)
    {
        OperationPage page = await running.Registry.ListAsync(filter, null, 1000, Stop);
        Assert.Equal(ids, page.Operations.Select(record => Convert.ToInt32(record.Id[^8..], 16)));
    }
}
