using Headgate.Integration.Operations;
using Headgate.Server.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Headgate.Server.Tests.Sagas;

/// <summary>Sagas that a client waits for, over services that write down who calls.</summary>
public class SagaTests
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

    private static (int Status, string Body)? Answers(RecordedCall call) => call.Step switch
    {
        "create-order" => (201, """{"id":"ord_1","status":"CONFIRMED"}"""),
        "process-payment" => (200, """{"id":"pay_1","orderId":"ord_1"}"""),
        _ => null,
    };

    [Fact]
    public async Task PrintedForm_CallsItsStepsInOrder_WithTheBodyOfTheClient_EachUnderAKeyOfItsOwn()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync();
        gateway.Services.Answer = Answers;

        SagaReplyShown reply = await gateway.PostAsync(Order, ("Tenant", "acme"), ("X-Channel", "app"), ("Authorization", "Bearer of-the-client"), ("Cookie", "session=1"));

        Assert.Equal(new SagaReplyShown(201, """{"id":"ord_1","status":"CONFIRMED"}""", false, null), reply);
        RecordedCall[] calls = [.. gateway.Services.Calls];
        Assert.Equal(
            [
                $"product-service POST /products/validate {Order}",
                $"inventory-service POST /inventory/reserve {Order}",
                $"order-service POST /orders {Order}",
                $"payment-service POST /payments {Order}",
            ],
            calls.Select(call => call.ToString()));
        string id = (await gateway.FindAsync()).Id;
        Assert.Equal([$"{id}/validate-products", $"{id}/reserve-inventory", $"{id}/create-order", $"{id}/process-payment"], calls.Select(call => call.Key));
        Assert.All(calls, call => Assert.Equal(("acme", "app", "application/json"), (call.Headers["X-Tenant-ID"], call.Headers["X-Channel"], call.Headers["Content-Type"].Split(';')[0])));
        Assert.All(calls, call => Assert.False(call.Headers.ContainsKey("Authorization") || call.Headers.ContainsKey("Cookie")));
        Assert.Single(calls.Select(call => call.Headers["traceparent"][3..35]).Distinct());
        Assert.Equal(
            ["operation.started", "operation.progress_updated", "operation.progress_updated", "operation.progress_updated", "operation.succeeded"],
            (await gateway.EventsAsync()).Where(type => type.StartsWith("operation.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task PrintedForm_WhosePaymentIsRefused_UndoesWhatIsDone_LastFirst_AndAnswersAsThePaymentDid()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync();
        gateway.Services.Answer = call => call.Step == "process-payment" ? (402, """{"code":"CARD_DECLINED"}""") : Answers(call);

        SagaReplyShown reply = await gateway.PostAsync(Order);

        Assert.Equal((402, """{"code":"CARD_DECLINED"}"""), (reply.Status, reply.Body));
        Assert.Equal(
            [
                $"order-service POST /orders/ord_1/cancel {Order}",
                $"inventory-service POST /inventory/release {Order}",
            ],
            gateway.Services.Calls.Skip(4).Select(call => call.ToString()));
        OperationRecord record = await gateway.FindAsync();
        Assert.Equal((OperationState.Failed, null, "CARD_DECLINED"), (record.State, record.Attention, record.Error!.Code));
        Assert.Equal([$"{record.Id}/create-order/undo", $"{record.Id}/reserve-inventory/undo"], gateway.Services.Calls.Skip(4).Select(call => call.Key));
    }

    [Fact]
    public async Task Errors_AreMapped_WhereTheDocumentSaysSo()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(config: "errors: { dialect: service, upstream: map }");
        gateway.Services.Answer = call => call.Step == "validate-products" ? (422, """{"code":"UNKNOWN_PRODUCT","message":"There is no p1."}""") : null;

        SagaReplyShown reply = await gateway.PostAsync(Order);

        Assert.Equal(422, reply.Status);
        Assert.Contains("\"code\":\"UNKNOWN_PRODUCT\"", reply.Body, StringComparison.Ordinal);
        Assert.Contains("\"service\":\"product-service\"", reply.Body, StringComparison.Ordinal);
        Assert.Single(gateway.Services.Calls);
    }

    [Fact]
    public async Task ServiceThatCannotBeReached_FailsTheSagaAtOnce_AndWhatIsDoneIsUndone()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(SagaGateway.Printed.Replace("service: payment-service", "service: nowhere", StringComparison.Ordinal), settings: "service=nowhere=http://127.0.0.1:1");
        gateway.Services.Answer = Answers;

        SagaReplyShown reply = await gateway.PostAsync(Order);

        Assert.Equal(502, reply.Status);
        Assert.Equal(["create-order/undo", "reserve-inventory/undo"], gateway.Services.Calls.Skip(3).Select(call => call.Step));
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("500")]
    [InlineData("503")]
    [InlineData("409")]
    public async Task AnswerThatIsNone_HasTheCallMadeAgain_UnderTheSameKey_AndTheServiceDoesItOnce(string how)
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync();
        gateway.Services.Answer = Answers;
        int times = 0;
        gateway.Services.After = async (call, context) =>
        {
            if (call.Step != "process-payment" || Interlocked.Increment(ref times) > 2)
                return true;
            if (how == "lost")
            {
                context.Abort();
                return false;
            }

            context.Response.StatusCode = int.Parse(how, System.Globalization.CultureInfo.InvariantCulture);
            if (how == "409")
                context.Response.Headers.RetryAfter = "0";
            await context.Response.CompleteAsync();
            return false;
        };

        SagaReplyShown reply = await gateway.PostAsync(Order);

        Assert.Equal(201, reply.Status);
        Assert.Equal(3, gateway.Services.Calls.Count(call => call.Step == "process-payment"));
        Assert.Single(gateway.Services.Calls.Where(call => call.Step == "process-payment").Select(call => call.Key).Distinct());
        Assert.Equal(4, gateway.Services.Done.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StepOfWhichNobodyKnows_WhenTheTimeIsOver_IsSettledFirst(bool happened)
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Short + "\n" + ThirdStep);
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

        Assert.Equal(504, reply.Status);
        string[] steps = [.. gateway.Services.Done.Select(call => call.Step)];
        Assert.Equal(happened ? ["validate", "reserve", "reserve/undo", "validate/undo"] : ["validate", "reserve", "validate/undo"], steps);
        Assert.Equal((OperationState.Failed, "GATEWAY_TIMEOUT"), ((await gateway.FindAsync()).State, (await gateway.FindAsync()).Error!.Code));
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

        Assert.Equal(504, reply.Status);
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

        SagaReplyShown reply = await gateway.PostAsync(Order);
        await gateway.Services.IsCalledAsync("validate");
        OperationRecord under = await gateway.FindAsync();
        gate.SetResult();
        OperationRecord ended = await gateway.IsAsync(OperationState.Succeeded);

        Assert.Equal((202, OperationState.InProgress), (reply.Status, under.State));
        Assert.Contains(under.Id, reply.Body, StringComparison.Ordinal);
        Assert.Equal((200, """{"done":"reserve"}"""), (ended.Result!.Status, System.Text.Encoding.UTF8.GetString(ended.Result.Body)));
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
        Assert.Contains("status 410", stuck.Attention, StringComparison.Ordinal);
        Assert.Equal((OperationState.Failed, null, "Undone by hand."), (resolved!.State, resolved.Attention, resolved.Resolution));
    }

    [Fact]
    public async Task InputsAndResponse_AreMadeOfWhatIsKnown()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync("""
                  x-gateway-saga:
                    steps:
                      - { name: create, service: order-service, path: "/orders?dry={dry}", method: PUT, input: { items: $request.body#/items, tenant: $tenant, note: "for {$request.header.X-Channel}" } }
                      - { name: pay, service: payment-service, path: "/orders/{orderId}/payments", input: { order: $steps.create.response.body#/id, total: $steps.create.response.body#/total } }
                      - { name: peek, service: order-service, path: "/orders/{$steps.create.response.body#/id}", method: GET }
                    response: { status: 201, headers: { Location: "/orders/{$steps.create.response.body#/id}" }, body: { orderId: $steps.create.response.body#/id, paid: $steps.pay.response.body } }
            """);
        gateway.Services.Answer = call => call.Step == "create" ? (200, """{"id":"o/1","total":12.50}""") : null;

        SagaReplyShown reply = await gateway.PostAsync("""{"items":[1, 2]}""", ("Tenant", "acme"), ("X-Channel", "app"));
        using HttpResponseMessage missing = await gateway.Gateway.Client.PostAsync("/orders?dry=a%2Fb", new StringContent("""{"items":[1, 2]}""", System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        Assert.Equal(502, reply.Status);
        Assert.Contains("There is no value 'dry'", reply.Body, StringComparison.Ordinal);
        Assert.Equal(201, (int)missing.StatusCode);
        Assert.Equal("/orders/o/1", missing.Headers.Location!.OriginalString);
        Assert.Equal("""{"orderId":"o/1","paid":{"done":"pay"}}""", await missing.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            [
                """order-service PUT /orders?dry=a%2Fb {"items":[1, 2],"tenant":null,"note":"for "}""",
                """payment-service POST /orders/o%2F1/payments {"order":"o/1","total":12.50}""",
                "order-service GET /orders/o%2F1 ",
            ],
            gateway.Services.Calls.Select(call => call.ToString()));
    }

    [Fact]
    public async Task Body_ThatIsTooLarge_IsRefused_AndNothingIsDone()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync();

        SagaReplyShown reply = await gateway.PostAsync("\"" + new string('x', 256 * 1024) + "\"");

        Assert.Equal(413, reply.Status);
        Assert.Empty(gateway.Services.Calls);
    }

    [Theory]
    [InlineData("text/plain", "no JSON at all")]
    [InlineData("application/json", "{\"id\":")]
    [InlineData("application/json", null)]
    public async Task AnswerThatNobodyCanRead_LeavesTheStepDone_AndWhatNeedsItNeedsAttention(string type, string? body)
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(SagaGateway.Printed.Replace("compensate: /orders/{orderId}/cancel", "compensate: { path: '/orders/{orderId}/cancel', retry: 1 }", StringComparison.Ordinal));
        string answer = body ?? "[\"" + new string('x', 100_000) + "\"]";
        gateway.Services.After = async (call, context) =>
        {
            if (call.Step != "create-order")
                return true;
            context.Response.ContentType = type;
            await context.Response.WriteAsync(answer);
            return false;
        };
        gateway.Services.Answer = call => call.Step == "process-payment" ? (402, "{}") : null;

        SagaReplyShown reply = await gateway.PostAsync(Order);

        OperationRecord record = await gateway.FindAsync();
        Assert.Equal((402, OperationState.Failed), (reply.Status, record.State));
        Assert.Contains("'create-order' was done and could not be undone", record.Attention, StringComparison.Ordinal);
        Assert.Contains("orderId", record.Attention, StringComparison.Ordinal);
    }
}
