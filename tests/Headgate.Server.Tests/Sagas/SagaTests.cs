using Headgate.Integration.Operations;
using Microsoft.AspNetCore.Http;

namespace Headgate.Server.Tests.Sagas;

/// <summary>Sagas that a client waits for, over services that write down who calls.</summary>
public class SagaTests
{
    private const string Order = """{"items":[{"productId":"p1","quantity":2}]}""";

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

    // RFC 9110 §15.3.2: without one the answer would say that /orders itself is what was made.
    [Theory]
    [InlineData("/orders/ord_1", "/orders/ord_1")]
    [InlineData("http://127.0.0.1:9002/orders/ord_1", null)]
    [InlineData("//elsewhere/orders", null)]
    [InlineData("/\\elsewhere/orders", null)]
    [InlineData(null, null)]
    public async Task AnswerOfAStepThatCreated_SaysWhere_WhenThatIsAPath(string? location, string? expected)
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync("      x-gateway-idempotency: { required: true }\n" + SagaGateway.Printed);
        gateway.Services.Answer = Answers;
        gateway.Services.Before = (call, context) =>
        {
            context.Response.Headers.Location = call.Step == "create-order" ? location : "/elsewhere";
            return Task.FromResult(true);
        };

        SagaReplyShown first = await gateway.PostAsync(Order, ("Idempotency-Key", "k"));
        SagaReplyShown again = await gateway.PostAsync(Order, ("Idempotency-Key", "k"));

        Assert.Equal((201, expected), (first.Status, first.Location));
        Assert.Equal(first with { IsReplayed = true }, again);
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
