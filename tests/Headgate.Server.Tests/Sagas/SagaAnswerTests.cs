using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Headgate.Integration.Operations;
using Microsoft.AspNetCore.Http;

namespace Headgate.Server.Tests.Sagas;

/// <summary>What clients are told of sagas that are done and whose answer is more than is kept: that, and never a part of it as if it were the whole.</summary>
public class SagaAnswerTests
{
    private const string Head = """
              x-gateway-idempotency: { required: true }
              security: []
              x-gateway-saga:
                steps:
                  - { name: create, service: order-service, path: /orders }
                  - { name: pay, service: payment-service, path: /pay, input: { order: small } }
        """;

    // A body of the client's that is kept, twice over.
    private static readonly string s_large = $$"""{"note":"{{new string('x', 140 * 1024)}}"}""";

    [Theory]
    [InlineData("response: { status: 201, headers: { Location: '/mine/7', X-Further: '1' }, body: { once: $request.body, again: $request.body } }", false, 201, "/mine/7")]
    [InlineData("response: { body: { once: $request.body, again: $request.body } }", false, 201, "/orders/7")]
    [InlineData("response: { status: 201, body: { order: [$steps.create.response.body#/id] } }", true, 201, "/orders/7")]
    [InlineData("", true, 201, "/orders/7")]
    public async Task Answer_ThatIsMoreThanIsKept_IsAnErrorThatSaysItIsDone_AndWhere(string response, bool isStepLarge, int status, string location)
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync($"{Head}\n        {response}");
        Answer(gateway, isStepLarge ? new string('x', 70_000) : "", "/orders/7");

        SagaReplyShown first = await gateway.PostAsync(s_large, ("Idempotency-Key", "k"));
        SagaReplyShown again = await gateway.PostAsync(s_large, ("Idempotency-Key", "k"));

        string told = $"It is done, and would be answered with {status}; that answer is too large to be kept. What came of it is at {location}.";
        JsonElement problem = JsonDocument.Parse(first.Body).RootElement;
        Assert.Equal((409, false, location), (first.Status, first.IsReplayed, first.Location));
        Assert.Equal(("urn:headgate:error:saga-answer-too-large", "CONFLICT", told), (problem.GetProperty("type").GetString(), problem.GetProperty("code").GetString(), problem.GetProperty("detail").GetString()));
        Assert.Equal((409, true, location), (again.Status, again.IsReplayed, again.Location));
        Assert.Equal(told, JsonDocument.Parse(again.Body).RootElement.GetProperty("detail").GetString());
        Assert.Equal(["create", "pay"], gateway.Services.Calls.Select(call => call.Step));

        OperationRecord record = await gateway.FindAsync();
        JsonElement operation = JsonDocument.Parse(await gateway.Gateway.Client.GetStringAsync($"/api/v1/operations/{record.Id}", TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(("succeeded", false), (operation.GetProperty("status").GetString(), operation.TryGetProperty("result", out _)));
        Assert.Equal(("CONFLICT", told), (operation.GetProperty("error").GetProperty("code").GetString(), operation.GetProperty("error").GetProperty("message").GetString()));
        Assert.Contains($"the client is told 409 CONFLICT: {told}", gateway.Operations.Describe(record));
        Assert.Contains(gateway.Log.Messages, message => message.Contains("is larger than what is kept", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answer_ThatIsMoreThanIsKept_OfWhichNobodySaysWhereItIs_NamesTheOperation_AfterARestartToo()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Head);
        Answer(gateway, new string('x', 70_000), "http://order-service.internal/orders/7");
        var gate = new TaskCompletionSource();
        gateway.Services.Before = async (call, context) =>
        {
            if (call.Step != "pay" || gate.Task.IsCompleted)
                return true;
            await gate.Task;
            context.Abort();
            return false;
        };
        Task<SagaReplyShown> asked = gateway.PostAsync("{}", ("Idempotency-Key", "k"));
        await gateway.Services.IsCalledAsync("pay");
        await gateway.StopAsync();
        gate.SetResult();
        await gateway.StartAsync();
        string id = (await gateway.IsAsync(OperationState.Succeeded)).Id;

        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = new StringContent("{}", Encoding.UTF8, new MediaTypeHeaderValue("application/json")), Headers = { { "Idempotency-Key", "k" } } };
        using HttpResponseMessage response = await gateway.Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((409, null), ((int)response.StatusCode, response.Headers.Location));
        Assert.Equal($"/api/v1/operations/{id}", response.Headers.GetValues("Operation-Location").Single());
        Assert.DoesNotContain("internal", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await asked.ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    // As deep as answers of services are kept, and then some: who asks the operation is told as much as who waited.
    [Fact]
    public async Task Answer_ThatIsDeep_IsTheResultOfTheOperationToo()
    {
        string deep = $"{new string('[', 250)}1{new string(']', 250)}";
        await using SagaGateway gateway = await SagaGateway.StartAsync($"{Head}\n        response: {{ status: 201, body: {{ order: [$steps.create.response.body] }} }}");
        gateway.Services.Answer = call => call.Step == "create" ? (201, deep) : null;

        SagaReplyShown reply = await gateway.PostAsync("{}", ("Idempotency-Key", "k"));
        string operation = await gateway.Gateway.Client.GetStringAsync($"/api/v1/operations/{(await gateway.FindAsync()).Id}", TestContext.Current.CancellationToken);

        Assert.Equal($$"""{"order":[{{deep}}]}""", reply.Body);
        Assert.Contains($"\"body\":{reply.Body}", operation, StringComparison.Ordinal);
    }

    // What is too large and what nobody reads is nobody's loss.
    [Fact]
    public async Task Answer_OfAStepThatIsTooLarge_AndThatTheAnswerIsNotMadeOf_IsNoMatter()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync($"{Head}\n        response: {{ status: 201, body: {{ paid: $steps.pay.response.body }} }}");
        Answer(gateway, new string('x', 70_000), "/orders/7");

        SagaReplyShown reply = await gateway.PostAsync("{}", ("Idempotency-Key", "k"));

        Assert.Equal((201, """{"paid":{"done":"pay"}}"""), (reply.Status, reply.Body));
    }

    [Fact]
    public async Task AnswerOfAServiceThatRefuses_AndIsMoreThanIsKept_IsAnErrorOfItsStatus()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Head);
        gateway.Services.Answer = _ => (402, $$"""{"note":"{{new string('x', 70_000)}}"}""");

        SagaReplyShown reply = await gateway.PostAsync("{}", ("Idempotency-Key", "k"));

        JsonElement problem = JsonDocument.Parse(reply.Body).RootElement;
        Assert.Equal((402, 402, "urn:headgate:error:upstream-error"), (reply.Status, problem.GetProperty("status").GetInt32(), problem.GetProperty("type").GetString()));
    }

    // Both steps make an order: which of them the second made stood in the answer that is not there, and the first's is not what is to be undone.
    [Fact]
    public async Task Compensation_OfAStepWhoseAnswerIsTooLarge_IsNotMadeOfAnothersId()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync("""
                  x-gateway-saga:
                    steps:
                      - { name: create-order, service: order-service, path: /orders, compensate: "/orders/{orderId}/cancel" }
                      - { name: second-order, service: order-service, path: /orders, compensate: "/orders/{orderId}/cancel" }
                      - { name: pay, service: payment-service, path: /pay }
            """);
        gateway.Services.Answer = call => call.Step switch
        {
            "create-order" => (201, """{"id":"first"}"""),
            "second-order" => (201, $$"""{"id":"second","note":"{{new string('x', 70_000)}}"}"""),
            "pay" => (402, "{}"),
            _ => null,
        };

        await gateway.PostAsync("{}");

        Assert.Contains("'second-order' was done and could not be undone", (await gateway.FindAsync()).Attention, StringComparison.Ordinal);
        Assert.DoesNotContain(gateway.Services.Calls, call => call.ToString().Contains("cancel", StringComparison.Ordinal));
    }

    private static void Answer(SagaGateway gateway, string note, string location)
    {
        gateway.Services.Answer = call => call.Step == "create" ? (201, $$"""{"id":7,"note":"{{note}}"}""") : null;
        gateway.Services.After = (call, context) =>
        {
            context.Response.Headers.Location = call.Step == "create" ? location : default;
            return Task.FromResult(true);
        };
    }
}
