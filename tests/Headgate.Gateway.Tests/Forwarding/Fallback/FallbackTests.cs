using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Headgate.Gateway.Forwarding.Fallback;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Tests.Policies;
using Headgate.OpenApi.Diagnostics;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Forwarding.Fallback;

/// <summary>Answers in place of a service that cannot give one, by a real gateway.</summary>
public class FallbackTests
{
    private const string Printed = "{ status: 203, headers: { X-From: fallback }, body: { status: unavailable, ids: [1, true, null] } }";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DeadService_IsStoodInFor_AndTheAnswerSaysSo()
    {
        EchoUpstream dead = await EchoUpstream.StartAsync();
        await dead.DisposeAsync();
        await using TestGateway gateway = await StartAsync(dead.Url, Printed);
        using HttpResponseMessage response = await gateway.Client.GetAsync("/items/7", Stop);

        Assert.Equal(HttpStatusCode.NonAuthoritativeInformation, response.StatusCode);
        Assert.Equal("{\"status\":\"unavailable\",\"ids\":[1,true,null]}", await response.Content.ReadAsStringAsync(Stop));
        Assert.Equal(("application/json", "fallback"), (response.Content.Headers.ContentType!.ToString(), response.Headers.GetValues("X-From").Single()));
        Assert.Equal("headgate; error=connection_refused; details=\"fallback\"", response.Headers.GetValues("Proxy-Status").Single());
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.True(response.Headers.Contains("X-Request-ID"));
        Assert.Equal(1, Assert.Single(gateway.States.Of<FallbackCounts>()).Answered);
    }

    [Fact]
    public async Task OpenBreaker_AndAFailureStatus_AreStoodInFor_OtherAnswersAreNot()
    {
        int status = 503;
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsJsonAsync(new { from = "service" });
        });
        await using TestGateway gateway = await StartAsync(upstream.Url, Printed, "circuitBreaker: { failures: 2 }");
        Assert.Equal(["headgate; received-status=503; details=\"fallback\"", "headgate; received-status=503; details=\"fallback\"", "headgate; error=destination_unavailable; details=\"fallback\""],
            [await ProxyStatusAsync(gateway), await ProxyStatusAsync(gateway), await ProxyStatusAsync(gateway)]);
        Assert.Equal(2, upstream.Requests);

        // What would be answered is the fallback, not the refusal.
        Assert.Null(new GatewayForesight(gateway, "/items/{id}").Code);

        status = 404;
        gateway.Reload(Document(upstream.Url, Printed));
        using HttpResponseMessage response = await gateway.Client.GetAsync("/items/7", Stop);
        Assert.Equal((HttpStatusCode.NotFound, "{\"from\":\"service\"}"), (response.StatusCode, await response.Content.ReadAsStringAsync(Stop)));
    }

    [Fact]
    public async Task Timeout_IsStoodInFor_InTime()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using TestGateway gateway = await StartAsync(upstream.Url, Printed, "timeout: 200ms");
        Assert.Equal("headgate; error=http_response_timeout; details=\"fallback\"", await ProxyStatusAsync(gateway));
    }

    [Fact]
    public async Task Body_IsFilledInFromTheRequest()
    {
        EchoUpstream dead = await EchoUpstream.StartAsync();
        await dead.DisposeAsync();
        const string body = "{ body: { id: $request.path.id, q: $request.query.q, none: $request.query.none, agent: $request.header.User-Agent, text: 'item {$request.path.id} of {$tenant}', who: $claims.sub, list: [$tenant, 1] } }";
        await using TestGateway gateway = await StartAsync(dead.Url, body, policy: true);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/items/a%2Fb?x=1&q=%22two+words%22");
        request.Headers.Add("User-Agent", "t/1");
        request.Headers.Add(TestCallers.User, "ada");
        request.Headers.Add(TestCallers.Tenant, "acme");
        using HttpResponseMessage response = await gateway.Client.SendAsync(request, Stop);
        JsonElement json = await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal("""{"id":"a/b","q":"\"two words\"","none":null,"agent":"t/1","text":"item a/b of acme","who":"ada","list":["acme",1]}""", json.GetRawText());
    }

    [Fact]
    public async Task Head_HasNoBody_AndNoContentStatusNoLength()
    {
        EchoUpstream dead = await EchoUpstream.StartAsync();
        await dead.DisposeAsync();
        await using TestGateway gateway = await StartAsync(dead.Url, Printed);
        using RawConnection client = await RawConnection.ConnectAsync(gateway.Url);
        await client.SendAsync("HEAD /items/7 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        (string text, _) = await client.ReadToEndAsync();
        Assert.Contains("Content-Length: 44", text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", text, StringComparison.Ordinal);

        gateway.Reload(Document(dead.Url, "{ status: 204 }"));
        using HttpResponseMessage empty = await gateway.Client.GetAsync("/items/7", Stop);
        Assert.Equal((HttpStatusCode.NoContent, null), (empty.StatusCode, empty.Content.Headers.ContentLength is > 0 ? "has one" : null));
    }

    [Fact]
    public async Task ClientsOwnMistake_IsToldAsItIs()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await StartAsync(upstream.Url, Printed);
        using RawConnection client = await RawConnection.ConnectAsync(gateway.Url);
        await client.SendAsync("POST /items/7 HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nnonsense\r\n");
        Assert.StartsWith("HTTP/1.1 400", (await client.ReadToEndAsync()).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ body: { x: $request.body#/a } }", "HG2730")]
    [InlineData("{ body: [$claims.email] }", "HG2730")]
    [InlineData("{ status: 204, body: { a: 1 } }", "HG2731")]
    public void Fallback_ThatCannotBe_IsAnError(string fallback, string code)
    {
        PlanResult result = TestGateway.Compile(new PlanOptions { SecurityPassthrough = true }, Document(new Uri("http://127.0.0.1:1"), fallback));
        Assert.Contains(result.Documents[0].Diagnostics.Items, item => item.Descriptor.Code == code && item.Severity == DiagnosticSeverity.Error);
    }

    private static async Task<string> ProxyStatusAsync(TestGateway gateway)
    {
        using HttpResponseMessage response = await gateway.Client.GetAsync("/items/7", Stop);
        Assert.Equal(203, (int)response.StatusCode);
        return response.Headers.GetValues("Proxy-Status").Single();
    }

    private static Task<TestGateway> StartAsync(Uri upstream, string fallback, string config = "", bool policy = false) =>
        TestGateway.StartAsync(Document(upstream, fallback, config), new PlanOptions { SecurityPassthrough = true }, policy: policy ? new TestCallers() : null);

    private static string Document(Uri upstream, string fallback, string config = "") => $$"""
        openapi: 3.1.0
        info: { title: t, version: v1 }
        components: { securitySchemes: { any: { type: http, scheme: bearer } } }
        security: [{ any: [] }]
        x-gateway-config: { services: { shop: { url: "{{upstream}}" } }, {{config}} }
        x-gateway-backend: { fallback: {{fallback}} }
        paths:
          /items/{id}:
            parameters:
              - { name: id, in: path, required: true, schema: { type: string } }
              - { name: q, in: query, schema: {} }
              - { name: none, in: query, schema: {} }
            get: { operationId: getItem, responses: { "200": { description: ok } } }
            post: { operationId: postItem, requestBody: { content: { text/plain: {} } }, responses: { "200": { description: ok } } }
        """;
}
