using Headgate.Integration.Operations;
using Headgate.Server.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Headgate.Server.Tests.Sagas;

/// <summary>Sagas outlive the process that began them, and the document.</summary>
public class SagaRecoveryTests
{
    private const string Order = """{"items":[1]}""";

    private const string Steps = """
              x-gateway-saga:
                timeout: 60s
                steps:
                  - { name: one, service: product-service, path: /one, compensate: /undo-one }
                  - { name: two, service: inventory-service, path: "/two/{oneId}", compensate: "/undo-two/{twoId}" }
                  - { name: three, service: order-service, path: /three, input: { two: $steps.two.response.body#/id, note: $request.header.X-Channel } }
        """;

    /// <summary>At which call the process stops, and whether the service has carried it out by then.</summary>
    public static TheoryData<string, bool> Points
    {
        get
        {
            var points = new TheoryData<string, bool>();
            foreach (string step in (string[])["one", "two", "three", "two/undo", "one/undo"])
            {
                points.Add(step, true);
                points.Add(step, false);
            }

            return points;
        }
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Saga_WhoseProcessStops_GoesOnWithTheNext_AndNothingIsDoneTwice(string point, bool isDone)
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Steps);
        bool fails = point.EndsWith("/undo", StringComparison.Ordinal);
        var stopped = new TaskCompletionSource();
        gateway.Services.Answer = call => call.Step == "three" && fails ? (402, "{}") : (200, $$"""{"id":"{{call.Step}}-1"}""");
        Func<RecordedCall, HttpContext, Task<bool>> hold = async (call, context) =>
        {
            if (call.Step != point || stopped.Task.IsCompleted)
                return true;
            await stopped.Task;
            context.Abort();
            return false;
        };
        (gateway.Services.Before, gateway.Services.After) = isDone ? (null, hold) : (hold, (Func<RecordedCall, HttpContext, Task<bool>>?)null);
        Task<SagaReplyShown> asked = gateway.PostAsync(Order, ("X-Channel", "app"), ("Tenant", "acme"));
        await gateway.Services.IsCalledAsync(point);

        await gateway.StopAsync();
        stopped.SetResult();
        await gateway.StartAsync();
        OperationRecord record = await gateway.IsAsync(fails ? OperationState.Failed : OperationState.Succeeded);

        string[] all = fails ? ["one", "two", "three", "two/undo", "one/undo"] : ["one", "two", "three"];
        Assert.Equal(all, gateway.Services.Done.Select(call => call.Step));
        Assert.Equal(2, gateway.Services.Calls.Count(call => call.Step == point));
        Assert.Null(record.Attention);
        Assert.Equal("""order-service POST /three {"two":"two-1","note":"app"}""", gateway.Services.Done.Single(call => call.Step == "three").ToString());
        Assert.All(gateway.Services.Calls, call => Assert.Equal(("acme", "app"), (call.Headers["X-Tenant-ID"], call.Headers["X-Channel"])));
        Assert.Single(gateway.Services.Calls.Select(call => (call.Headers["traceparent"][3..35], call.Headers["X-Request-ID"], call.Headers["X-Correlation-ID"])).Distinct());
        await asked.ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    [Fact]
    public async Task Document_ThatSaysSomethingElse_LeavesSagasUnderWayAsTheyBegan_AcrossARestartToo()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Steps);
        var gate = new TaskCompletionSource();
        gateway.Services.Answer = call => (200, $$"""{"id":"{{call.Step}}-1"}""");
        gateway.Services.After = async (call, context) =>
        {
            if (call.Step != "one" || gate.Task.IsCompleted)
                return true;
            await gate.Task;
            context.Abort();
            return false;
        };
        Task<SagaReplyShown> asked = gateway.PostAsync(Order);
        await gateway.Services.IsCalledAsync("one");
        await gateway.StopAsync();
        gate.SetResult();
        gateway.Write("""
                  x-gateway-saga:
                    steps:
                      - { name: other, service: product-service, path: /other }
            """);

        await gateway.StartAsync();
        await gateway.IsAsync(OperationState.Succeeded);
        string[] under = [.. gateway.Services.Done.Select(call => call.Step)];
        await gateway.PostAsync(Order);

        Assert.Equal(["one", "two", "three"], under);
        Assert.Equal("other", gateway.Services.Done.Last().Step);
        await asked.ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    [Theory]
    [InlineData("      x-gateway-backend: { service: product-service }")]
    [InlineData("      x-gateway-saga: { steps: [{ name: one, service: product-service, path: /one }, { name: two, service: order-service, path: /elsewhere, input: { new: 1 } }, { name: four, service: order-service, path: /four }] }")]
    public async Task Reload_InTheMiddle_LeavesTheSagaAsItBegan(string changed)
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Steps);
        var gate = new TaskCompletionSource();
        gateway.Services.Answer = call => (200, $$"""{"id":"{{call.Step}}-1"}""");
        gateway.Services.After = async (call, _) =>
        {
            if (call.Step == "one")
                await gate.Task;
            return true;
        };
        Task<SagaReplyShown> asked = gateway.PostAsync(Order);
        await gateway.Services.IsCalledAsync("one");
        gateway.Write(changed);
        Assert.True((await gateway.Gateway.Host.Reloader.ReloadAsync("test", TestContext.Current.CancellationToken)).Succeeded);
        gate.SetResult();

        Assert.Equal(200, (await asked).Status);
        Assert.Equal(["one", "two", "three"], gateway.Services.Done.Select(call => call.Step));
        Assert.Equal("inventory-service POST /two/one-1 " + Order, gateway.Services.Done.ElementAt(1).ToString());
    }

    [Fact]
    public async Task Request_ThatComesAgain_FindsTheSameSaga_UnderWayAndEnded_AndAfterARestart()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync("      x-gateway-idempotency: { required: true }\n" + Steps);
        gateway.Services.Answer = call => call.Step == "three" ? (402, """{"code":"NO"}""") : (200, "{\"id\":\"1\"}");
        var gate = new TaskCompletionSource();
        gateway.Services.After = async (call, context) =>
        {
            if (call.Step != "one" || gate.Task.IsCompleted)
                return true;
            await gate.Task;
            context.Abort();
            return false;
        };
        Task<SagaReplyShown> first = gateway.PostAsync(Order, ("Idempotency-Key", "k"));
        await gateway.Services.IsCalledAsync("one");
        Task<SagaReplyShown>[] fifty = [.. Enumerable.Range(0, 50).Select(_ => gateway.PostAsync(Order, ("Idempotency-Key", "\"k\"")))];
        SagaReplyShown other = await gateway.PostAsync("{}", ("Idempotency-Key", "k"));
        SagaReplyShown without = await gateway.PostAsync(Order);
        await gateway.StopAsync();
        gate.SetResult();
        await gateway.StartAsync();
        SagaReplyShown again = await gateway.PostAsync(Order, ("Idempotency-Key", "k"));
        SagaReplyShown later = await gateway.PostAsync(Order, ("Idempotency-Key", "k"));

        Assert.Equal((422, 400), (other.Status, without.Status));
        Assert.Equal(new SagaReplyShown(402, """{"code":"NO"}""", true, null), again);
        Assert.Equal(again, later);
        Assert.Single(gateway.Services.Calls.Select(call => call.Key.Split('/')[0]).Distinct());
        Assert.Equal(5, gateway.Services.Done.Count);
        await Task.WhenAll([first, .. fifty]).ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    [Fact]
    public async Task WhatIsKept_HasNoCredentials_AndAfterTheEndNothingThatTheClientSentOrServicesSaid()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync();
        gateway.Services.Answer = _ => (200, """{"id":"of-the-service"}""");
        var gate = new TaskCompletionSource();
        gateway.Services.Before = async (call, _) =>
        {
            if (call.Step == "process-payment")
                await gate.Task;
            return true;
        };
        Task<SagaReplyShown> posted = gateway.PostAsync(
            """{"card":"of-the-client"}""", ("Authorization", "Bearer secret-of-the-client"), ("Cookie", "session=secret-of-the-client"), ("X-Anything", "secret-of-the-client"), ("X-Channel", "app"));
        await gateway.Services.IsCalledAsync("process-payment");
        string underWay = await DataAsync();
        gate.SetResult();
        await posted;
        string ended = await DataAsync();

        Assert.DoesNotContain("secret-of-the-client", underWay, StringComparison.Ordinal);
        Assert.All(gateway.Services.Calls, call => Assert.DoesNotContain(call.Headers.Values, value => value.Contains("secret-of-the-client", StringComparison.Ordinal)));
        Assert.All(["of-the-client", "of-the-service", "X-Channel"], kept => Assert.Contains(kept, underWay, StringComparison.Ordinal));
        Assert.All(["of-the-client", "of-the-service", "X-Channel"], gone => Assert.DoesNotContain(gone, ended, StringComparison.Ordinal));

        async Task<string> DataAsync() => System.Text.Encoding.Latin1.GetString((await gateway.FindAsync()).Data);
    }
}
