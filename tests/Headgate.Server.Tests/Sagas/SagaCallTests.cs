using System.Text.Json;
using Headgate.Integration.Events.Log;
using Headgate.Integration.Operations;
using Microsoft.AspNetCore.Http;

namespace Headgate.Server.Tests.Sagas;

/// <summary>What each step says of its own calls is kept to: how long, how often, and when not at all.</summary>
public class SagaCallTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // The service's timeout would end neither within the test.
    [Fact]
    public async Task TimeoutOfAStep_EndsItsCall_WhichIsMadeAgain()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(
            """
                  x-gateway-saga:
                    steps:
                      - { name: one, service: product-service, path: /one, timeout: 100ms, compensate: { path: /undo-one, timeout: 100ms, retry: { attempts: 2, baseDelay: 10ms } } }
                      - { name: two, service: product-service, path: /two }
            """,
            "timeout: 10m");
        var never = new TaskCompletionSource();
        gateway.Services.Before = async (call, context) =>
        {
            bool isFirst = gateway.Services.Calls.Count(each => each.Key == call.Key) == 1;
            if (isFirst && call.Step is "one" or "one/undo")
                await never.Task.WaitAsync(context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };
        gateway.Services.Answer = call => call.Step == "two" ? (409, "{}") : null;

        SagaReplyShown reply = await gateway.PostAsync();
        await gateway.IsAsync(OperationState.Failed);

        Assert.Equal(409, reply.Status);
        Assert.Equal(["one", "one", "two", "one/undo", "one/undo"], gateway.Services.Calls.Select(call => call.Step));
        Assert.Null((await gateway.FindAsync()).Attention);
    }

    // 429 says that nothing was done: as often again as the step says, and without a word of it not at all.
    [Theory]
    [InlineData("", 1)]
    [InlineData(", retry: { attempts: 4, baseDelay: 10ms }", 4)]
    public async Task RetryOfAStep_SaysHowOftenItIsCalled(string retry, int calls)
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync($$"""
                  x-gateway-saga:
                    steps:
                      - { name: one, service: product-service, path: /one, compensate: /undo-one }
                      - { name: two, service: inventory-service, path: /two{{retry}} }
            """);
        gateway.Services.Before = (call, context) =>
        {
            context.Response.StatusCode = call.Step == "two" ? 429 : 200;
            return Task.FromResult(call.Step != "two");
        };

        SagaReplyShown reply = await gateway.PostAsync();
        await gateway.IsAsync(OperationState.Failed);

        Assert.Equal(429, reply.Status);
        Assert.Equal(["one", .. Enumerable.Repeat("two", calls), "one/undo"], gateway.Services.Calls.Select(call => call.Step));
    }

    [Fact]
    public async Task RetryOfACompensation_SaysHowOftenItIsCalled_AndThenItNeedsAttention()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(
            """
                  x-gateway-saga:
                    steps:
                      - { name: one, service: product-service, path: /one, retry: { attempts: 7 }, compensate: { path: /undo-one, retry: { attempts: 3, baseDelay: 10ms } } }
                      - { name: two, service: inventory-service, path: /two }
            """,
            "circuitBreaker: false");
        gateway.Services.Answer = call => call.Step == "two" ? (409, "{}") : null;
        gateway.Services.Before = (call, context) =>
        {
            context.Response.StatusCode = call.Step == "one/undo" ? 500 : 200;
            return Task.FromResult(call.Step != "one/undo");
        };

        await gateway.PostAsync();

        OperationRecord record = await gateway.IsAsync(OperationState.Failed);
        Assert.Contains("'one' was done and could not be undone", record.Attention, StringComparison.Ordinal);
        Assert.Equal(3, gateway.Services.Calls.Count(call => call.Step == "one/undo"));
    }

    // Its own: the other step of the same service is called on.
    [Fact]
    public async Task BreakerOfAStep_OpensAfterItsOwnFailures_AndIsNoOtherSteps()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync("""
                  x-gateway-saga:
                    steps:
                      - { name: one, service: product-service, path: /one, compensate: /undo-one }
                      - { name: two, service: product-service, path: /two, circuitBreaker: { failures: 2, openFor: 10m }, retry: { attempts: 1, baseDelay: 10ms } }
                    timeout: 1s
                    wait: 20s
            """);
        gateway.Services.Before = (call, context) =>
        {
            context.Response.StatusCode = call.Step == "two" ? 503 : 200;
            return Task.FromResult(call.Step != "two");
        };

        await gateway.PostAsync();
        int first = gateway.Services.Calls.Count(call => call.Step == "two");
        SagaReplyShown second = await gateway.PostAsync();

        Assert.Equal(2, first);
        Assert.Equal(503, second.Status);
        Assert.Contains("CIRCUIT_BREAKER_OPEN", second.Body, StringComparison.Ordinal);
        Assert.Equal(2, gateway.Services.Calls.Count(call => call.Step == "two"));
        Assert.Equal((2, 1), (gateway.Services.Calls.Count(call => call.Step == "one"), gateway.Services.Calls.Count(call => call.Step == "one/undo")));
    }

    [Fact]
    public async Task EveryStep_IsToldByAnEvent_WhichIsTheLogOfTheOperation()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync();
        gateway.Services.Answer = call => call.Step switch { "create-order" => (201, """{"id":"o"}"""), "process-payment" => (402, "{}"), _ => null };

        await gateway.PostAsync();
        OperationRecord record = await gateway.IsAsync(OperationState.Failed);

        EventPage page = await gateway.Gateway.Host.Events.Log.ReadAsync(0, EventFilter.Everything, 500, Stop);
        string[] told = [.. page.Events.Where(each => each.Event.AggregateId == record.Id).Select(each => Tell(each.Event.Type, JsonDocument.Parse(each.Event.Payload).RootElement))];
        JsonElement log = JsonDocument.Parse(await gateway.Gateway.Client.GetStringAsync($"/api/v1/operations/{record.Id}/logs", Stop)).RootElement;
        string[] logged = [.. log.GetProperty("logs").EnumerateArray().Select(entry => Tell(entry.GetProperty("type").GetString()!, entry.GetProperty("data")))];
        Assert.Equal(
            [
                "operation.started 0%   validate-products",
                "operation.progress_updated 25% validate-products done reserve-inventory 200",
                "operation.progress_updated 50% reserve-inventory done create-order 200",
                "operation.progress_updated 75% create-order done process-payment 201",
                "operation.progress_updated 50% process-payment refused create-order/undo 402",
                "operation.progress_updated 25% create-order undone reserve-inventory/undo 200",
                "operation.failed 25% reserve-inventory undone reserve-inventory/undo 200",
            ],
            told);
        Assert.Equal(told, logged);
        Assert.Contains(gateway.Log.Messages, message => message == $"The step create-order of the saga {record.Id} ended: Done, status 201");
        Assert.Contains(gateway.Log.Messages, message => message == $"The step create-order of the saga {record.Id} is undone, status 200");
    }

    private static string Tell(string type, JsonElement data) =>
        $"{type} {data.GetProperty("progress").GetInt32()}% {Text(data, "step")} {Text(data, "outcome")} {Text(data, "current_stage")} {Text(data, "step_status")}".TrimEnd();

    private static string Text(JsonElement data, string name) => data.TryGetProperty(name, out JsonElement value) ? value.GetString()! : "";

    // RFC 9110 §15.5.2, §15.4: credentials that are not good are Headgate's own, and a redirect leads to the service.
    [Theory]
    [InlineData(302)]
    [InlineData(401)]
    [InlineData(407)]
    public async Task AnswerThatIsForHeadgate_IsToldTheClientAsTheServicesFault_WithEverythingUndone(int status)
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync("""
                  x-gateway-saga:
                    steps:
                      - { name: reserve, service: inventory-service, path: /reserve, compensate: /release }
                      - { name: pay, service: payment-service, path: /pay }
            """);
        gateway.Services.Answer = call => call.Step == "pay" ? (status, """{"for":"Headgate"}""") : null;

        SagaReplyShown reply = await gateway.PostAsync();

        Assert.Equal(502, reply.Status);
        Assert.DoesNotContain("for", reply.Body, StringComparison.Ordinal);
        Assert.Equal(["reserve", "pay", "reserve/undo"], gateway.Services.Calls.Select(call => call.Step));
    }
}
