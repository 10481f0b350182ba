using System.Globalization;
using System.Text.Json;
using Headgate.Integration.Operations;
using Headgate.Integration.Tests.Operations;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Operations;

/// <summary>The log of an operation: page by page, and followed as it grows.</summary>
public sealed class OperationLogsTests
{
    private static readonly string s_ann = OperationsGateway.TokenOf("ann");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Log_IsReadPageByPage()
    {
        await using OperationsGateway gateway = await OperationsGateway.StartAsync(StepsAsync);
        OperationRun run = await gateway.BeginAsync();
        await run.Ended;
        var seen = new List<string?>();
        long after = 0;
        JsonElement page;
        do
        {
            (_, page) = await gateway.GetAsync($"/api/v1/operations/{run.Record.Id}/logs?limit=2&after={after}", s_ann);
            Assert.True(page.GetProperty("recovered").GetBoolean());
            seen.AddRange(page.GetProperty("logs").EnumerateArray().Select(entry => entry.GetProperty("type").GetString()));
            after = page.GetProperty("next").GetInt64();
        }
        while (page.GetProperty("logs").GetArrayLength() > 0);

        Assert.Equal(["operation.started", "operation.progress_updated", "operation.progress_updated", "operation.progress_updated", "operation.succeeded"], seen);
        (int status, JsonElement beyond) = await gateway.GetAsync($"/api/v1/operations/{run.Record.Id}/logs?after=999999", s_ann);
        Assert.Equal((400, "urn:headgate:error:event-offset-unknown"), (status, beyond.GetProperty("type").GetString()));
    }

    // §4.3.2 of the reference has these members.
    [Fact]
    public async Task Entry_TellsHowTheOperationStood()
    {
        await using OperationsGateway gateway = await OperationsGateway.StartAsync((run, stopped) => run.SaveAsync(
            new OperationChange
            {
                End = OperationState.Failed, Progress = 75, Stage = "configuring_database", Message = "Setting up database connections...", Lines = ["Database instance created"], Facts = [new("step", "configure")],
                Error = new OperationError("BAD_GATEWAY", "No answer."),
            },
            stopped));
        OperationRun run = await gateway.BeginAsync();
        await run.Ended;
        (_, JsonElement page) = await gateway.GetAsync($"/api/v1/operations/{run.Record.Id}/logs", s_ann);
        JsonElement data = page.GetProperty("logs")[1].GetProperty("data");

        Assert.Equal((run.Record.Id, 75, "configuring_database"), (data.GetProperty("operation_id").GetString(), data.GetProperty("progress").GetInt32(), data.GetProperty("current_stage").GetString()));
        Assert.Equal(("Setting up database connections...", "Database instance created"), (data.GetProperty("message").GetString(), data.GetProperty("logs")[0].GetString()));
        Assert.Equal(("configure", "failed", "No answer."), (data.GetProperty("step").GetString(), data.GetProperty("status").GetString(), data.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Follower_IsToldAsItHappens_UntilTheEnd_AndThenThatThereIsNoMore()
    {
        var go = new TaskCompletionSource();
        await using OperationsGateway gateway = await OperationsGateway.StartAsync(async (run, stopped) =>
        {
            await go.Task.WaitAsync(stopped);
            await StepsAsync(run, stopped);
        });
        OperationRun run = await gateway.BeginAsync();
        using EventStream stream = await gateway.FollowAsync(run.Record.Id, s_ann);
        Assert.Equal((200, "text/event-stream"), (stream.Status, stream.MediaType));
        Assert.Equal("operation.started", (await stream.ReadAsync())!.Value.Type);
        Assert.Equal(1, gateway.Operations.Followers);
        go.SetResult();
        List<string> rest = await stream.ReadTypesAsync();
        using EventStream after = await gateway.FollowAsync(run.Record.Id, s_ann, stream.LastId);

        Assert.Equal(["operation.progress_updated", "operation.progress_updated", "operation.progress_updated", "operation.succeeded"], rest);
        Assert.Equal(204, after.Status);
        Assert.Equal(0, gateway.Operations.Followers);
    }

    // The stream breaks off with the instance; the operation goes on in the next, and the client from where it was.
    [Fact]
    public async Task Follower_GoesOnAfterARestart_WithoutAGapAndWithoutRepetition()
    {
        int runs = 0;
        await using OperationsGateway gateway = await OperationsGateway.StartAsync(async (run, stopped) =>
        {
            if (Interlocked.Increment(ref runs) > 1)
            {
                await StepsAsync(run, stopped);
                return;
            }

            await run.SaveAsync(new OperationChange { Progress = 1 }, stopped);
            await Task.Delay(Timeout.Infinite, stopped);
        });
        OperationRun run = await gateway.BeginAsync();
        string? last;
        using (EventStream stream = await gateway.FollowAsync(run.Record.Id, s_ann))
        {
            await stream.ReadAsync();
            await stream.ReadAsync();
            last = stream.LastId;
            Task<List<string>> rest = stream.ReadTypesAsync();
            Assert.True(await gateway.Gateway.Host.StopAsync(), "followers hold the process up");
            Assert.Empty(await rest);
        }

        await gateway.RestartAsync();
        using EventStream again = await gateway.FollowAsync(run.Record.Id, s_ann, last);
        Assert.Equal(
            ["operation.resumed", "operation.progress_updated", "operation.progress_updated", "operation.progress_updated", "operation.succeeded"],
            await again.ReadTypesAsync());
    }

    // 20 MB that nobody takes: as little of it as fits into the connection may be in memory.
    [Fact]
    public async Task Follower_WhoReadsNothing_HasNothingPileUp_AndMissesNothing()
    {
        const int entries = 1_000;
        string line = new('x', OperationBounds.MostTextChars);
        await using OperationsGateway gateway = await OperationsGateway.StartAsync(async (run, stopped) =>
        {
            for (int i = 0; i < entries; i++)
                await run.SaveAsync(new OperationChange { Progress = i / 10, Lines = [.. Enumerable.Repeat(line, OperationBounds.MostLines)] }, stopped);
            await run.SaveAsync(new OperationChange { End = OperationState.Succeeded }, stopped);
        });
        OperationRun run = await gateway.BeginAsync();
        using EventStream slow = await gateway.FollowAsync(run.Record.Id, s_ann);
        await slow.ReadAsync();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await run.Ended;
        long held = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.True(held < 6_000_000, $"{held} bytes are held for a follower that reads nothing.");
        Assert.Equal(entries + 1, (await slow.ReadTypesAsync()).Count);
    }

    [Fact]
    public async Task Followers_OfOneCaller_AreBounded()
    {
        await using OperationsGateway gateway = await OperationsGateway.StartAsync(TestKind.WaitAsync);
        OperationRun run = await gateway.BeginAsync();
        var streams = new List<EventStream>();
        for (int i = 0; i < 100; i++)
            streams.Add(await gateway.FollowAsync(run.Record.Id, s_ann));
        using EventStream tooMany = await gateway.FollowAsync(run.Record.Id, s_ann);
        using EventStream other = await gateway.FollowAsync((await gateway.BeginAsync("ben")).Record.Id, OperationsGateway.TokenOf("ben"));
        streams[0].Dispose();
        await Until.TrueAsync(() => gateway.Operations.Followers == 100, "who has gone away has left its place");
        using EventStream again = await gateway.FollowAsync(run.Record.Id, s_ann);
        streams.ForEach(stream => stream.Dispose());

        Assert.Equal((503, 200, 200), (tooMany.Status, other.Status, again.Status));
    }

    // Who has no name could otherwise have all places, with operations that he began for it.
    [Fact]
    public async Task Followers_WhomNobodyKnows_AreBoundedByTheirNetwork()
    {
        await using OperationsGateway gateway = await OperationsGateway.StartAsync(TestKind.WaitAsync);
        OperationRun first = await gateway.BeginAsync(user: null, tenant: null, api: "open");
        OperationRun second = await gateway.BeginAsync(user: null, tenant: null, api: "open");
        var streams = new List<EventStream>();
        for (int i = 0; i < 100; i++)
            streams.Add(await gateway.FollowAsync(first.Record.Id, token: null, prefix: "/open"));
        using EventStream tooMany = await gateway.FollowAsync(second.Record.Id, token: null, prefix: "/open");
        using EventStream known = await gateway.FollowAsync((await gateway.BeginAsync()).Record.Id, s_ann);
        streams.ForEach(stream => stream.Dispose());

        Assert.Equal((503, 200), (tooMany.Status, known.Status));
    }

    // Who may no longer see an operation must not go on reading for as long as it lasts.
    [Fact]
    public async Task Stream_EndsAfterAWhile_AndWhoComesAgainIsAskedAnew()
    {
        var time = new RungTime(TimeSpan.FromMinutes(5));
        await using OperationsGateway gateway = await OperationsGateway.StartAsync(TestKind.WaitAsync, time: time);
        await gateway.Admin.SendAsync("PUT", "/roles/reader", 201, new { permissions = new[] { "operations:read" } });
        JsonElement assigned = await gateway.Admin.SendAsync("POST", "/role-assignments", 201, new { subject = "user:reader", tenant = "acme", role = "reader" });
        string id = (await gateway.BeginAsync()).Record.Id;
        string reader = OperationsGateway.TokenOf("reader");
        using EventStream ann = await gateway.FollowAsync(id, s_ann);
        using EventStream stream = await gateway.FollowAsync(id, reader);
        Assert.Equal("operation.started", (await stream.ReadAsync())!.Value.Type);
        await ann.ReadAsync();
        await gateway.Admin.SendAsync("DELETE", $"/role-assignments/{assigned.GetProperty("id").GetString()}", 204);
        time.Ring();

        Assert.Empty(await stream.ReadTypesAsync().WaitAsync(TimeSpan.FromSeconds(30), Stop));
        Assert.Empty(await ann.ReadTypesAsync().WaitAsync(TimeSpan.FromSeconds(30), Stop));
        using EventStream refused = await gateway.FollowAsync(id, reader, stream.LastId);
        using EventStream goesOn = await gateway.FollowAsync(id, s_ann, ann.LastId);
        Assert.Equal((404, 200), (refused.Status, goesOn.Status));
    }

    [Fact]
    public async Task Follower_OfALogWhoseBeginningIsDeleted_IsToldSo()
    {
        await using OperationsGateway gateway = await OperationsGateway.StartAsync(StepsAsync);
        OperationRun run = await gateway.BeginAsync();
        await run.Ended;
        (_, JsonElement page) = await gateway.GetAsync($"/api/v1/operations/{run.Record.Id}/logs?limit=2e0&after=0.0", s_ann);
        long through = page.GetProperty("next").GetInt64();
        await gateway.Gateway.Host.Store.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("DELETE FROM headgate_events WHERE log_offset <= $1", through);
                return await session.ExecuteAsync("UPDATE headgate_event_trim SET through = $1", through);
            },
            Stop);

        (_, JsonElement trimmed) = await gateway.GetAsync($"/api/v1/operations/{run.Record.Id}/logs", s_ann);
        (_, JsonElement resumed) = await gateway.GetAsync($"/api/v1/operations/{run.Record.Id}/logs?after={through}", s_ann);
        using EventStream stream = await gateway.FollowAsync(run.Record.Id, s_ann, (through - 1).ToString(CultureInfo.InvariantCulture));

        Assert.False(trimmed.GetProperty("recovered").GetBoolean());
        Assert.True(resumed.GetProperty("recovered").GetBoolean());
        Assert.Equal(("incomplete", """{"recovered":false}"""), await stream.ReadAsync());
        Assert.Equal(3, (await stream.ReadTypesAsync()).Count);
    }

    private static async Task StepsAsync(OperationRun run, CancellationToken stopped)
    {
        foreach (int progress in new[] { 30, 60, 90 })
            await run.SaveAsync(new OperationChange { Progress = progress }, stopped);
        await run.SaveAsync(new OperationChange { End = OperationState.Succeeded }, stopped);
    }
}
