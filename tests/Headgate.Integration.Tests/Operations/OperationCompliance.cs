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

    [Fact]
    public async Task Kind_ThatFails_IsRunAgainLater_AndGivenUpAtTheEnd_AndCanBeRetried()
    {
        int runs = 0;
        bool isMended = false;
        await using RunningOperations running = await StartAsync((run, stopped) =>
        {
            runs++;
            return isMended ? TestKind.SucceedAsync(run, stopped) : throw new InvalidOperationException("secret");
        });
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
        Assert.Equal(11, runs);
        Assert.Equal((OperationState.Pending, null, null), (retried!.State, retried.Attention, retried.Error));
        Assert.Null(again);
        Assert.Equal((OperationState.Succeeded, null), ((await running.FindAsync(id)).State, (await running.FindAsync(id)).Error));
    }
}
