using Headgate.Integration.Operations;
using Headgate.Server.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Headgate.Server.Tests.Sagas;

/// <summary>Sagas at their pivot: what clients are told while nobody knows whether it happened, and when it did after all.</summary>
public class SagaPivotTests
{
    private const string Steps = """
              x-gateway-idempotency: { required: true }
              x-gateway-saga:
                timeout: 1s
                wait: 20s
                pivot: pay
                steps:
                  - { name: reserve, service: inventory-service, path: /reserve, compensate: /release }
                  - { name: pay, service: payment-service, path: /pay, retry: { attempts: 2, baseDelay: 10ms } }
                  - { name: confirm, service: order-service, path: /confirm, retry: { attempts: 2, baseDelay: 10ms } }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // Out of time at the pivot, which happened all the same: that the saga was to go back is void, and nobody is told that it did.
    [Fact]
    public async Task Pivot_ThatHappenedThoughTimeWasOver_IsNoFailure_AlsoWhenWhatFollowsIsStuck()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Steps, "circuitBreaker: false");
        bool isKnown = false, isConfirmed = false;
        gateway.Services.After = (call, context) =>
        {
            bool isAnswered = call.Step != "pay" || Volatile.Read(ref isKnown);
            if (!isAnswered)
                context.Abort();
            return Task.FromResult(isAnswered);
        };
        gateway.Services.Before = (call, context) =>
        {
            bool isRefused = call.Step == "confirm" && !Volatile.Read(ref isConfirmed);
            context.Response.StatusCode = isRefused ? 422 : 200;
            return Task.FromResult(!isRefused);
        };

        SagaReplyShown unknown = await AskAsync(gateway);
        OperationRecord first = await gateway.FindAsync();
        Volatile.Write(ref isKnown, true);
        await gateway.Operations.RetryAsync(first.Id, Stop);
        await Until.TrueAsync(async () => (await gateway.FindAsync()).Attention?.StartsWith("After the pivot", StringComparison.Ordinal) == true, "it is stuck after the pivot");
        SagaReplyShown stuck = await AskAsync(gateway);
        OperationRecord second = await gateway.FindAsync();
        Volatile.Write(ref isConfirmed, true);
        await gateway.Operations.RetryAsync(first.Id, Stop);
        await gateway.IsAsync(OperationState.Succeeded);
        SagaReplyShown done = await AskAsync(gateway);

        Assert.Contains("does not say whether 'pay' was done", first.Attention, StringComparison.Ordinal);
        Assert.Equal((202, 202, 200), (unknown.Status, stuck.Status, done.Status));
        Assert.Equal("upstream_error", second.Error!.Code, ignoreCase: true);
        Assert.DoesNotContain(gateway.Operations.Describe(second), line => line.StartsWith("the client is told", StringComparison.Ordinal));
        Assert.Equal(["reserve", "pay", "confirm"], gateway.Services.Done.Select(call => call.Step));
    }

    [Theory]
    [InlineData("it is cancelled")]
    [InlineData("its time is over")]
    public async Task AfterThePivot_NothingIsUndone_When(string what)
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Steps, "circuitBreaker: false");
        var confirmed = new TaskCompletionSource();
        gateway.Services.After = async (call, _) =>
        {
            if (call.Step == "confirm")
                await confirmed.Task;
            return true;
        };
        Task<SagaReplyShown> asked = AskAsync(gateway);
        await gateway.Services.IsCalledAsync("confirm");
        OperationRecord record = await gateway.FindAsync();
        if (what == "it is cancelled")
            Assert.NotNull(await gateway.Operations.CancelAsync(record.Id, Stop));
        else
            await Until.TrueAsync(() => TimeProvider.System.GetUtcNow() > record.Deadline, "the deadline has passed");
        confirmed.SetResult();

        Assert.Equal(200, (await asked).Status);
        Assert.Equal(["reserve", "pay", "confirm"], gateway.Services.Calls.Select(call => call.Step));
    }

    private static Task<SagaReplyShown> AskAsync(SagaGateway gateway) => gateway.PostAsync(headers: ("Idempotency-Key", "k"));
}
