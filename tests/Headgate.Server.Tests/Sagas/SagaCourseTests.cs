using System.Text;
using Headgate.Integration.Operations;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Sagas;

/// <summary>Which way sagas take when time runs out, when they are cancelled, after their pivot, and when nothing goes on.</summary>
public class SagaCourseTests
{
    private const string Order = """{"items":[{"productId":"p1","quantity":2}]}""";

    private const string Short = """
                  x-gateway-saga:
                    timeout: 1s
                    wait: 20s
                    steps:
                      - { name: validate, service: product-service, path: /validate, compensate: /invalidate }
                      - { name: reserve, service: inventory-service, path: /reserve, compensate: /release }
            """;

    private const string ThirdStep = "          - { name: confirm, service: order-service, path: /confirm }";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StepOfWhichNobodyKnows_WhenTheTimeIsOver_IsSettledFirst(bool happened)
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Short + "\n" + ThirdStep, "circuitBreaker: false");
        gateway.Services.Answer = call => call.Step == "reserve" && !happened ? (409, "{}") : null;
        DateTimeOffset until = DateTimeOffset.UtcNow.AddSeconds(1.5);
        gateway.Services.Before = (call, context) =>
        {
            bool isLate = call.Step != "reserve" || DateTimeOffset.UtcNow > until;
            if (!isLate)
                context.Abort();
            return Task.FromResult(isLate);
        };

        SagaReplyShown reply = await gateway.PostAsync(Order);
        await Until.TrueAsync(async () => await gateway.FindAsync() is { HasEnded: true }, "the saga is settled");

        Assert.Equal(504, reply.Status);
        string[] steps = [.. gateway.Services.Done.Select(call => call.Step)];
        Assert.Equal(happened ? ["validate", "reserve", "reserve/undo", "validate/undo"] : ["validate", "reserve", "validate/undo"], steps);
        Assert.Equal((OperationState.Failed, "GATEWAY_TIMEOUT"), ((await gateway.FindAsync()).State, (await gateway.FindAsync()).Error!.Code));
    }

    // Out of time, and yet it may have happened: nobody is told that it failed before that is known.
    [Fact]
    public async Task LastStepOfWhichNobodyKnows_WhenTheTimeIsOver_IsNoFailureYet_AndASuccessWhenItHappened()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync("      x-gateway-idempotency: { required: true }\n" + Short.Replace("wait: 20s", "wait: 0s", StringComparison.Ordinal), "circuitBreaker: false");
        bool isAway = true;
        gateway.Services.Before = (call, context) =>
        {
            bool isHere = call.Step != "reserve" || !Volatile.Read(ref isAway);
            if (!isHere)
                context.Abort();
            return Task.FromResult(isHere);
        };
        SagaReplyShown first = await AskAsync();
        await gateway.Services.IsCalledAsync("reserve");
        await Until.TrueAsync(async () => (await gateway.FindAsync()).Message?.StartsWith("Out of time", StringComparison.Ordinal) == true, "the time is over");
        SagaReplyShown meanwhile = await AskAsync();
        Volatile.Write(ref isAway, false);
        await gateway.IsAsync(OperationState.Succeeded);
        SagaReplyShown last = await AskAsync();

        Assert.Equal((202, 202, 200), (first.Status, meanwhile.Status, last.Status));

        Task<SagaReplyShown> AskAsync() => gateway.PostAsync(Order, ("Idempotency-Key", "k"));
    }

    [Fact]
    public async Task StepOfWhichNobodyEverKnows_NeedsAttention_AndNothingIsUndoneBefore()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Short.Replace("path: /reserve", "path: /reserve, retry: { attempts: 2, baseDelay: 10ms }", StringComparison.Ordinal) + "\n" + ThirdStep, "circuitBreaker: false");
        gateway.Services.Before = (call, context) =>
        {
            if (call.Step == "reserve")
                context.Abort();
            return Task.FromResult(call.Step != "reserve");
        };

        SagaReplyShown reply = await gateway.PostAsync(Order);
        OperationRecord stuck = await gateway.IsAsync(OperationState.Failed);
        gateway.Services.Before = null;
        await gateway.Operations.RetryAsync(stuck.Id, TestContext.Current.CancellationToken);
        await Until.TrueAsync(async () => await gateway.FindAsync() is { HasEnded: true, Attention: null }, "the saga is settled");

        Assert.Equal(202, reply.Status);
        Assert.Contains("does not say whether 'reserve' was done", stuck.Attention, StringComparison.Ordinal);
        Assert.Equal(["validate", "reserve", "reserve/undo", "validate/undo"], gateway.Services.Done.Select(call => call.Step));
    }

    [Fact]
    public async Task Wait_ThatIsOver_LeavesTheClientWithAnOperation_AndTheSagaGoesOn()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Short.Replace("timeout: 1s", "timeout: 30s", StringComparison.Ordinal).Replace("wait: 20s", "wait: 0s", StringComparison.Ordinal));
        var gate = new TaskCompletionSource();
        gateway.Services.After = async (_, _) =>
        {
            await gate.Task;
            return true;
        };

        using HttpResponseMessage reply = await gateway.Gateway.Client.PostAsync("/orders", new StringContent(Order, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        await gateway.Services.IsCalledAsync("validate");
        OperationRecord under = await gateway.FindAsync();
        gate.SetResult();
        OperationRecord ended = await gateway.IsAsync(OperationState.Succeeded);

        string path = $"/api/v1/operations/{under.Id}";
        Assert.Equal((202, OperationState.InProgress), ((int)reply.StatusCode, under.State));
        Assert.Equal((path, path, TimeSpan.FromSeconds(1)), (reply.Headers.Location!.OriginalString, reply.Headers.GetValues("Operation-Location").Single(), reply.Headers.RetryAfter!.Delta));
        Assert.Contains(under.Id, await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("\"status\":\"succeeded\"", await gateway.Gateway.Client.GetStringAsync(path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal((200, """{"done":"reserve"}"""), (ended.Result!.Status, Encoding.UTF8.GetString(ended.Result.Body)));
    }

    [Fact]
    public async Task Cancellation_WaitsForTheStepUnderWay_AndThenEverythingIsUndone()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Short.Replace("timeout: 1s", "timeout: 30s", StringComparison.Ordinal) + "\n" + ThirdStep);
        var gate = new TaskCompletionSource();
        gateway.Services.After = async (call, _) =>
        {
            if (call.Step == "reserve")
                await gate.Task;
            return true;
        };
        Task<SagaReplyShown> asked = gateway.PostAsync(Order);
        await gateway.Services.IsCalledAsync("reserve");

        await gateway.Operations.CancelAsync((await gateway.FindAsync()).Id, TestContext.Current.CancellationToken);
        gate.SetResult();
        SagaReplyShown reply = await asked;

        Assert.Equal((409, OperationState.Cancelled), (reply.Status, (await gateway.FindAsync()).State));
        Assert.Equal(["validate", "reserve", "reserve/undo", "validate/undo"], gateway.Services.Done.Select(call => call.Step));
    }

    [Fact]
    public async Task AfterThePivot_ItOnlyGoesForward_AndARefusalNeedsAttention_UntilItIsRetried()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Short.Replace("timeout: 1s", "timeout: 30s\n        pivot: reserve", StringComparison.Ordinal) + "\n" + ThirdStep);
        bool refuses = true;
        gateway.Services.Before = (call, context) =>
        {
            bool isRefused = call.Step == "confirm" && refuses;
            context.Response.StatusCode = isRefused ? 422 : 200;
            return Task.FromResult(!isRefused);
        };

        SagaReplyShown reply = await gateway.PostAsync(Order);
        OperationRecord stuck = await gateway.FindAsync();
        refuses = false;
        await gateway.Operations.RetryAsync(stuck.Id, TestContext.Current.CancellationToken);
        await gateway.IsAsync(OperationState.Succeeded);

        Assert.Equal((202, OperationState.Failed), (reply.Status, stuck.State));
        Assert.Contains("After the pivot 'reserve' nothing is undone", stuck.Attention, StringComparison.Ordinal);
        Assert.Equal(["validate", "reserve", "confirm"], gateway.Services.Done.Select(call => call.Step));
    }

    [Fact]
    public async Task CompensationThatIsRefused_NeedsAttention_AndCanBeResolved()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Short);
        gateway.Services.Answer = call => call.Step switch { "reserve" => (409, "{}"), "validate/undo" => (410, "{}"), _ => null };

        SagaReplyShown reply = await gateway.PostAsync(Order);
        OperationRecord stuck = await gateway.FindAsync();
        OperationRecord? resolved = await gateway.Operations.ResolveAsync(stuck.Id, "Undone by hand.", TestContext.Current.CancellationToken);

        Assert.Equal((409, "CONFLICT"), (reply.Status, stuck.Error!.Code));
        Assert.Contains("productId", Encoding.Latin1.GetString(stuck.Data), StringComparison.Ordinal);
        Assert.DoesNotContain("productId", Encoding.Latin1.GetString(resolved!.Data), StringComparison.Ordinal);
        Assert.EndsWith("done, being undone by POST /invalidate to product-service, answered 200", gateway.Operations.Describe(resolved)[0], StringComparison.Ordinal);
        Assert.Contains("status 410", stuck.Attention, StringComparison.Ordinal);
        Assert.Equal((OperationState.Failed, null, "Undone by hand."), (resolved.State, resolved.Attention, resolved.Resolution));
    }
}
