using System.Net.Http.Headers;
using System.Text;
using Headgate.Integration.Operations;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Sagas;

/// <summary>Values of clients and services that would rather be something else: another path, a header field, somebody's name.</summary>
public class SagaHostileTests
{
    private const string Steps = """
              x-gateway-saga:
                steps:
                  - { name: create, service: order-service, path: /orders }
                  - { name: next, service: order-service, path: "/orders/{$steps.create.response.body#/id}{$request.query.dry}/confirm?by={$steps.create.response.body#/id}" }
                response: { status: 201, headers: { Location: $steps.create.response.body#/id }, body: $steps.create.response.body }
        """;

    [Theory]
    [InlineData("../../admin", "", "/orders/..%2F..%2Fadmin/confirm?by=..%2F..%2Fadmin")]
    [InlineData("a/b?c#d&e=f", "x", "/orders/a%2Fb%3Fc%23d%26e%3Dfx/confirm?by=a%2Fb%3Fc%23d%26e%3Df")]
    [InlineData("%2e%2e", "%2F", "/orders/%252e%252e%252F/confirm?by=%252e%252e")]
    [InlineData("a\\r\\nX-User-ID: root", "x", "/orders/a%0D%0AX-User-ID%3A%20rootx/confirm?by=a%0D%0AX-User-ID%3A%20root")]
    [InlineData("\\u0001\\u007f\\ud83d\\ude00", "x", "/orders/%01%7F%F0%9F%98%80x/confirm?by=%01%7F%F0%9F%98%80")]
    public async Task Value_IsOneSegment_WhateverItSays(string id, string query, string target)
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(query.Length == 0 ? Steps.Replace("{$request.query.dry}", "", StringComparison.Ordinal) : Steps);
        var targets = new List<string>();
        gateway.Services.Answer = call => call.Step == "create" ? (201, $$"""{"id":"{{id}}"}""") : null;
        gateway.Services.Before = (_, context) =>
        {
            targets.Add(context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget);
            return Task.FromResult(true);
        };

        using HttpResponseMessage response = await PostAsync(gateway, query);

        Assert.Equal(201, (int)response.StatusCode);
        Assert.Equal($"/order-service{target}", targets[1]);
        Assert.False(gateway.Services.Calls.Last().Headers.ContainsKey("X-User-ID"));
        Assert.False(response.Headers.Contains("X-User-ID"));
    }

    // RFC 3986 §5.2.4: alone or together they would lead to another resource.
    [Theory]
    [InlineData("..", "")]
    [InlineData(".", "")]
    [InlineData(".", ".")]
    public async Task Values_ThatMakeADotSegment_AreNotSent(string id, string query)
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(query.Length == 0 ? Steps.Replace("{$request.query.dry}", "", StringComparison.Ordinal) : Steps);
        gateway.Services.Answer = call => call.Step == "create" ? (201, $$"""{"id":"{{id}}"}""") : null;

        using HttpResponseMessage response = await PostAsync(gateway, query);

        Assert.Equal(502, (int)response.StatusCode);
        Assert.Single(gateway.Services.Calls);
    }

    // Who reads them by an expression keeps them with the saga: they are still nobody's to assert, nor the saga's own key the client's to choose.
    [Fact]
    public async Task FieldsOfIdentity_ThatTheDocumentReads_AreNotHandedOn_AndKeysAreTheSagas()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync("""
                  x-gateway-saga:
                    steps:
                      - { name: create, service: order-service, path: /orders, input: { user: $request.header.X-User-ID, tenant: $request.header.X-Tenant-ID, hop: $request.header.Connection } }
            """);

        await gateway.PostAsync("{}", ("X-User-ID", "root"), ("X-Tenant-ID", "other"), ("Idempotency-Key", "op_00000000000000000000000000000000/create"), ("Tenant", "acme"));

        RecordedCall call = Assert.Single(gateway.Services.Calls);
        Assert.Equal("acme", call.Headers["X-Tenant-ID"]);
        Assert.False(call.Headers.ContainsKey("X-User-ID"));
        Assert.Equal($"{(await gateway.FindAsync()).Id}/create", call.Key);
        Assert.NotEqual("op_00000000000000000000000000000000/create", call.Key);
    }

    // A key that somebody knows of another's request, tenant or document is no way to that.
    [Fact]
    public async Task Key_OfAnotherTenant_IsOfAnotherSaga()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync("""
                  x-gateway-idempotency: { required: true }
                  x-gateway-saga: { steps: [{ name: create, service: order-service, path: /orders }] }
            """);
        gateway.Services.Answer = call => (201, $$"""{"of":"{{call.Headers["X-Tenant-ID"]}}"}""");

        SagaReplyShown acme = await gateway.PostAsync("{}", ("Idempotency-Key", "k"), ("Tenant", "acme"));
        SagaReplyShown globex = await gateway.PostAsync("{}", ("Idempotency-Key", "k"), ("Tenant", "globex"));

        Assert.Equal((201, """{"of":"acme"}""", false), (acme.Status, acme.Body, acme.IsReplayed));
        Assert.Equal((201, """{"of":"globex"}""", false), (globex.Status, globex.Body, globex.IsReplayed));
        string id = gateway.Services.Calls.First().Key.Split('/')[0];
        Assert.Equal(404, await StatusAsync(gateway, id, "globex"));
        Assert.Equal(200, await StatusAsync(gateway, id, "acme"));
    }

    // What is sent as it came keeps its coding, and what is made anew has none of it.
    [Fact]
    public async Task BodyWithACoding_ReachesStepsAsItCame_AndStepsWithAnInputWithoutIt()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync("""
                  x-gateway-saga:
                    steps:
                      - { name: whole, service: order-service, path: /orders }
                      - { name: own, service: order-service, path: /own, input: { a: 1 } }
                      - { name: bare, service: order-service, path: /bare, method: GET }
            """);
        using var content = new ByteArrayContent("coded"u8.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json"), ContentEncoding = { "zstd" }, ContentLanguage = { "de" } } };

        using HttpResponseMessage response = await gateway.Gateway.Client.PostAsync("/orders", content, TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal([("zstd", "de"), (null, null), (null, null)], gateway.Services.Calls.Select(call => (call.Headers.GetValueOrDefault("Content-Encoding"), call.Headers.GetValueOrDefault("Content-Language"))));
        Assert.Equal(["coded", """{"a":1}""", ""], gateway.Services.Calls.Select(call => call.Body));
    }

    // Deep, broken or strange JSON of a service is a missing value, and never the end of a saga that nobody can go on with.
    [Theory]
    [InlineData("deep")]
    [InlineData("{\"id\":\"\\ud800\"}")]
    [InlineData("{\"id\":{\"id\":\"x\"}}")]
    [InlineData("{\"id\":\"x\",\"id\":")]
    [InlineData("[1,2,3]")]
    [InlineData("null")]
    public async Task AnswerOfAService_ThatHasNotTheValue_IsAFailure_WithEverythingUndone(string answer)
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync("""
                  x-gateway-saga:
                    steps:
                      - { name: create, service: order-service, path: /orders, compensate: /undo }
                      - { name: next, service: order-service, path: "/orders/{$steps.create.response.body#/id}/confirm" }
            """);
        string body = answer == "deep" ? new string('[', 30_000) + new string(']', 30_000) : answer;
        gateway.Services.Answer = call => call.Step == "create" ? (201, body) : null;

        SagaReplyShown reply = await gateway.PostAsync();
        OperationRecord record = await gateway.IsAsync(OperationState.Failed);

        Assert.Equal((502, null, 0), (reply.Status, record.Attention, record.Failures));
        Assert.Equal(["create", "create/undo"], gateway.Services.Calls.Select(call => call.Step));
    }

    private static async Task<int> StatusAsync(SagaGateway gateway, string id, string tenant)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/operations/{id}") { Headers = { { "Tenant", tenant } } };
        using HttpResponseMessage response = await gateway.Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    private static Task<HttpResponseMessage> PostAsync(SagaGateway gateway, string dry) => gateway.Gateway.Client.PostAsync(
        $"/orders?dry={Uri.EscapeDataString(dry)}", new StringContent("{}", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
}
