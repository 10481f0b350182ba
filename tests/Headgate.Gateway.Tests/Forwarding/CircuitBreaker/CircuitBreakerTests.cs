using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Headgate.Gateway.Forwarding.CircuitBreaker;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Forwarding.CircuitBreaker;

/// <summary>Breakers before services behind a real gateway.</summary>
public class CircuitBreakerTests
{
    private int _status = 503;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Service_ThatFailsFiveTimes_IsLeftAloneForAMinute_WithoutAWordInTheDocument()
    {
        await using EchoUpstream upstream = await FailingAsync();
        var time = new ManualTime();
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream), time: time);
        for (int i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(gateway, "/a"));

        using HttpResponseMessage refused = await gateway.Client.GetAsync("/b", Stop);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(60)), (refused.StatusCode, refused.Headers.RetryAfter!.Delta));
        Assert.Equal("headgate; error=destination_unavailable", refused.Headers.GetValues("Proxy-Status").Single());
        Assert.Equal(5, upstream.Requests);

        _status = 200;
        time.Advance(TimeSpan.FromSeconds(60));
        for (int i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, "/a"));
        Assert.Equal(BreakerPhase.Closed, Breaker(gateway).Phase);
    }

    [Theory]
    [InlineData("problem", "code", "service", null)]
    [InlineData("envelope", "error.code", "error.details.service", "meta.retry_after")]
    [InlineData("service", "error.code", "error.service", "error.retryAfter")]
    public async Task Refusal_IsTold_InEachDialect(string dialect, string code, string service, string? retryAfter)
    {
        await using EchoUpstream upstream = await FailingAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream, $"errors: {dialect}, circuitBreaker: {{ failures: 1, openFor: 30s }}"), time: new ManualTime());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(gateway, "/a"));
        using HttpResponseMessage refused = await gateway.Client.GetAsync("/a", Stop);
        JsonElement error = await refused.Content.ReadFromJsonAsync<JsonElement>(Stop);

        Assert.Equal(("CIRCUIT_BREAKER_OPEN", "orders"), (At(error, code).GetString(), At(error, service).GetString()));
        Assert.Equal(TimeSpan.FromSeconds(30), refused.Headers.RetryAfter!.Delta);
        if (retryAfter is not null)
            Assert.Equal(30, At(error, retryAfter).GetInt32());
    }

    [Fact]
    public async Task DeadService_OpensIt_AndAnotherServiceIsNotConcerned()
    {
        EchoUpstream dead = await EchoUpstream.StartAsync();
        await dead.DisposeAsync();
        await using EchoUpstream alive = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document(dead, other: alive));
        for (int i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.BadGateway, await StatusAsync(gateway, "/a"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(gateway, "/a"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, "/other"));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(501)]
    public async Task Errors_ThatAreAnswersOfTheService_AreNoFailures(int status)
    {
        _status = status;
        await using EchoUpstream upstream = await FailingAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream, "circuitBreaker: { failures: 1 }"));
        for (int i = 0; i < 5; i++)
            Assert.Equal(status, (int)await StatusAsync(gateway, "/a"));
        Assert.Equal(5, upstream.Requests);
    }

    [Theory]
    [InlineData("rateLimit: { limit: 1, window: 1h }")]
    [InlineData("bulkhead: 1")]
    public async Task Refusals_ByLimitsOfHeadgateItself_AreNoFailures(string limit)
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(_ => go.Task);
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream, "circuitBreaker: { failures: 1 }", limit));
        Task<HttpStatusCode> held = StatusAsync(gateway, "/a");
        await Telemetry.Condition.HoldsAsync(() => upstream.Requests == 1, Stop);
        for (int i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(gateway, "/a"));
        Assert.Equal(BreakerPhase.Closed, Breaker(gateway).Phase);
        go.SetResult();
        Assert.Equal(HttpStatusCode.OK, await held);
    }

    [Fact]
    public async Task ClientsThatLeave_AreNoFailures()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream, "circuitBreaker: { failures: 1 }"));
        for (int i = 1; i <= 3; i++)
        {
            using RawConnection leaving = await RawConnection.ConnectAsync(gateway.Url);
            await leaving.SendAsync("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
            await Telemetry.Condition.HoldsAsync(() => upstream.Requests == i, Stop);
            leaving.Reset();
            await Telemetry.Condition.HoldsAsync(() => gateway.Plan.Apis[0].Instances.All(instance => instance.InFlight == 0), Stop);
        }

        Assert.Equal(BreakerPhase.Closed, Breaker(gateway).Phase);
    }

    [Fact]
    public async Task Reload_ThatChangesNothingOfIt_LeavesItOpen_AndOneThatDoesBeginsAnew()
    {
        await using EchoUpstream upstream = await FailingAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream, "circuitBreaker: { failures: 1 }"), time: new ManualTime());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(gateway, "/a"));
        gateway.Reload(Document(upstream, "circuitBreaker: { failures: 1 }, timeout: 5s"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(gateway, "/a"));
        Assert.Equal(1, upstream.Requests);
        gateway.Reload(Document(upstream, "circuitBreaker: { failures: 2 }"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(gateway, "/a"));
        Assert.Equal(2, upstream.Requests);
    }

    [Fact]
    public async Task Operation_WithSettingsOfItsOwn_HasABreakerOfItsOwn_OrNone()
    {
        await using EchoUpstream upstream = await FailingAsync();
        string document = Document(upstream, "circuitBreaker: { failures: 1 }", ofA: "x-gateway-backend: { circuitBreaker: { failures: 3 } }", ofB: "x-gateway-backend: { circuitBreaker: false }");
        await using TestGateway gateway = await TestGateway.StartAsync(document);
        foreach (string path in new[] { "/a", "/a", "/b", "/b", "/b", "/c", "/c", "/a", "/a" })
            await StatusAsync(gateway, path);

        // Of /c the second is refused, of /a the fourth, of /b none.
        Assert.Equal(7, upstream.Requests);
    }

    [Fact]
    public async Task Explanation_IsAsTheAnswer()
    {
        await using EchoUpstream upstream = await FailingAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream, "circuitBreaker: { failures: 1, openFor: 30s }"), time: new ManualTime());
        GatewayForesight handler = new(gateway, "/a");
        Assert.Null(handler.Code);
        Assert.Contains("breaker opens for 30s after 1 failures", handler.Description, StringComparison.Ordinal);
        await StatusAsync(gateway, "/a");
        Assert.Equal("CIRCUIT_BREAKER_OPEN", handler.Code);
        Assert.Contains("breaker open", handler.Description, StringComparison.Ordinal);
        Assert.Equal(0, Breaker(gateway).Refused);
    }

    private static BreakerState Breaker(TestGateway gateway) => Assert.Single(gateway.States.Of<BreakerState>(), state => state.Identity.Service == "orders");

    private static JsonElement At(JsonElement element, string path) => path.Split('.').Aggregate(element, (now, name) => now.GetProperty(name));

    private static async Task<HttpStatusCode> StatusAsync(TestGateway gateway, string path)
    {
        using HttpResponseMessage response = await gateway.Client.GetAsync(path, Stop);
        return response.StatusCode;
    }

    private static string Document(EchoUpstream upstream, string config = "", string service = "", EchoUpstream? other = null, string ofA = "", string ofB = "") => $$"""
        openapi: 3.1.0
        info: { title: t, version: v1 }
        x-gateway-config: { services: { orders: { url: "{{upstream.Url}}", {{service}} }, other: { url: "{{(other ?? upstream).Url}}" } }, {{config}} }
        x-gateway-backend: orders
        paths:
          /a:
            get:
              operationId: getA
              {{ofA}}
              responses: { "200": { description: ok } }
          /b:
            get:
              operationId: getB
              {{ofB}}
              responses: { "200": { description: ok } }
          /c: { get: { operationId: getC, responses: { "200": { description: ok } } } }
          /other: { get: { operationId: getOther, x-gateway-backend: other, responses: { "200": { description: ok } } } }
        """;

    private Task<EchoUpstream> FailingAsync() => EchoUpstream.StartAsync(context =>
    {
        context.Response.StatusCode = _status;
        return Task.CompletedTask;
    });
}
