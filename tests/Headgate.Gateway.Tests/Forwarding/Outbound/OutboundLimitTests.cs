using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Headgate.Gateway.Forwarding.Outbound;
using Headgate.Gateway.Tests.Policies;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Forwarding.Outbound;

/// <summary>A service that may be called only so often, behind a real gateway.</summary>
public class OutboundLimitTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_BeyondTheLimit_Is503_AndNeverReachesTheService()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream, "{ limit: 2, window: 1h }"));
        for (int i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, "/a"));
        using HttpResponseMessage refused = await gateway.Client.GetAsync("/b", Stop);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(3590), TimeSpan.FromSeconds(3600));
        JsonElement problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal(("SERVICE_UNAVAILABLE", "partner"), (problem.GetProperty("code").GetString(), problem.GetProperty("service").GetString()));
        Assert.Equal(2, upstream.Requests);
    }

    [Fact]
    public async Task Call_WithinTheWait_WaitsForItsTurn()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream, "{ limit: 2, window: 1s, wait: 30s }"));
        long began = TimeProvider.System.GetTimestamp();
        HttpStatusCode[] statuses = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => StatusAsync(gateway, "/a")));
        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));

        // Six calls of two in a second: the last two are made after two seconds.
        Assert.True(TimeProvider.System.GetElapsedTime(began) >= TimeSpan.FromSeconds(2));
        Assert.Equal((2L, 4L, 0L, 0L), Turns(gateway).Fates);
    }

    [Fact]
    public async Task ClientThatGoesAwayWhileItWaits_LeavesTheQueue()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream, "{ limit: 1, window: 1m, wait: 10m }"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, "/a"));
        using (RawConnection leaving = await RawConnection.ConnectAsync(gateway.Url))
        {
            await leaving.SendAsync("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
            await Telemetry.Condition.HoldsAsync(() => Turns(gateway).Waiting == 1, Stop);
            leaving.Reset();
        }

        await Telemetry.Condition.HoldsAsync(() => Turns(gateway) is { Waiting: 0, Fates.Abandoned: 1 }, Stop);
        Assert.Equal(1, upstream.Requests);
    }

    [Fact]
    public async Task Reload_OfTheSameLimit_ForgetsNoCall()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream, "{ limit: 1, window: 1h }"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, "/a"));
        gateway.Reload(Document(upstream, "{ limit: 1, window: 1h, queue: 5 }"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(gateway, "/a"));
        gateway.Reload(Document(upstream, "{ limit: 2, window: 1h }"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, "/a"));
    }

    [Fact]
    public async Task RefusedCall_HasCostTheCallerItsShareOfTheRateLimit()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(
            Document(upstream, "{ limit: 1, window: 1h }", "rateLimit: { limits: [{ by: ip, limit: 2, window: 1h }] }"), policy: new TestCallers());
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests], [await StatusAsync(gateway, "/a"), await StatusAsync(gateway, "/a"), await StatusAsync(gateway, "/a")]);
    }

    private static OutboundTurns Turns(TestGateway gateway) => Assert.Single(gateway.States.Of<OutboundTurns>());

    private static async Task<HttpStatusCode> StatusAsync(TestGateway gateway, string path)
    {
        using HttpResponseMessage response = await gateway.Client.GetAsync(path, Stop);
        return response.StatusCode;
    }

    private static string Document(EchoUpstream upstream, string rateLimit, string config = "") => $$"""
        openapi: 3.1.0
        info: { title: t, version: v1 }
        x-gateway-config:
          services: { partner: { url: "{{upstream.Url}}", rateLimit: {{rateLimit}} } }
          {{config}}
        paths:
          /a: { get: { operationId: getA, responses: { "200": { description: ok } } } }
          /b: { get: { operationId: getB, responses: { "200": { description: ok } } } }
        """;
}
