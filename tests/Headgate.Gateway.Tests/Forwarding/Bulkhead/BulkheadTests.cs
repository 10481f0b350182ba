using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Headgate.Gateway.Forwarding.Bulkhead;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Forwarding.Bulkhead;

/// <summary>Services of which only so many calls may be under way at once, behind a real gateway.</summary>
public sealed class BulkheadTests : IDisposable
{
    private readonly SemaphoreSlim _go = new(0);
    private int _underWay;
    private int _most;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _go.Dispose();

    [Fact]
    public async Task Calls_BeyondPlacesAndQueue_Are503_AndTheOthersAreServed()
    {
        await using EchoUpstream upstream = await HoldingAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream, "{ maxConcurrent: 3, maxQueue: 2, maxWait: 10m }"));
        Task<HttpStatusCode>[] calls = [.. Enumerable.Range(0, 5).Select(_ => StatusAsync(gateway, "/a"))];
        await Telemetry.Condition.HoldsAsync(() => State(gateway) is { InFlight: 3, Waiting: 2 }, Stop);

        using HttpResponseMessage refused = await gateway.Client.GetAsync("/b", Stop);
        JsonElement problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:headgate:error:bulkhead-full", "orders"), (refused.StatusCode, problem.GetProperty("type").GetString(), problem.GetProperty("service").GetString()));
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        Assert.Equal("SERVICE_UNAVAILABLE", new GatewayForesight(gateway, "/a").Code);

        _go.Release(5);
        Assert.All(await Task.WhenAll(calls), status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(3, _most);
        Assert.Equal((3L, 2L, 1L, 0L), State(gateway).Fates);
        await Telemetry.Condition.HoldsAsync(() => State(gateway) is { InFlight: 0, Waiting: 0 }, Stop);
    }

    [Fact]
    public async Task Call_WhoseWaitIsOver_Is503()
    {
        await using EchoUpstream upstream = await HoldingAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream, "{ maxConcurrent: 1, maxQueue: 5, maxWait: 50ms }"));
        Task<HttpStatusCode> held = StatusAsync(gateway, "/a");
        await Telemetry.Condition.HoldsAsync(() => State(gateway).InFlight == 1, Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(gateway, "/a"));
        Assert.Equal(0, State(gateway).Waiting);
        _go.Release();
        Assert.Equal(HttpStatusCode.OK, await held);
    }

    [Fact]
    public async Task Wait_IsPartOfTheTimeout()
    {
        await using EchoUpstream upstream = await HoldingAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream, "{ maxConcurrent: 1, maxQueue: 5, maxWait: 10m }", "timeout: 300ms"));
        Task<HttpStatusCode> held = StatusAsync(gateway, "/a");
        await Telemetry.Condition.HoldsAsync(() => State(gateway).InFlight == 1, Stop);
        long began = TimeProvider.System.GetTimestamp();
        HttpStatusCode second = await StatusAsync(gateway, "/a");
        Assert.Contains(second, new[] { HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout });
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.GatewayTimeout, await held);
    }

    [Fact]
    public async Task ClientThatLeavesTheQueue_LeavesNoGap()
    {
        await using EchoUpstream upstream = await HoldingAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream, "{ maxConcurrent: 1, maxQueue: 5, maxWait: 10m }"));
        Task<HttpStatusCode> first = StatusAsync(gateway, "/a");
        await Telemetry.Condition.HoldsAsync(() => State(gateway).InFlight == 1, Stop);
        using (RawConnection leaving = await RawConnection.ConnectAsync(gateway.Url))
        {
            await leaving.SendAsync("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
            await Telemetry.Condition.HoldsAsync(() => State(gateway).Waiting == 1, Stop);
            leaving.Reset();
        }

        await Telemetry.Condition.HoldsAsync(() => State(gateway) is { Waiting: 0, Fates.Abandoned: 1 }, Stop);
        Task<HttpStatusCode> second = StatusAsync(gateway, "/a");
        _go.Release(2);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], await Task.WhenAll(first, second));
        Assert.Equal(2, upstream.Requests);
    }

    [Fact]
    public async Task Place_IsHeldUntilTheWholeAnswerIsOut_AndGivenBackWhenItBreaksOff()
    {
        await using var upstream = new RawServer(async connection =>
        {
            while (await connection.ReadHeadAsync() is not null)
            {
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
                await _go.WaitAsync(Stop);
                connection.Reset();
            }
        });
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream.Url, "1"));
        using HttpResponseMessage response = await gateway.Client.GetAsync("/a", HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal(1, State(gateway).InFlight);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(gateway, "/a"));
        _go.Release();
        await Telemetry.Condition.HoldsAsync(() => State(gateway).InFlight == 0, Stop);
    }

    [Fact]
    public async Task Operation_WithABulkheadOfItsOwn_TakesNoPlaceOfTheServices()
    {
        await using EchoUpstream upstream = await HoldingAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream.Url, "1", ofB: "x-gateway-backend: { bulkhead: 1 }"));
        Task<HttpStatusCode>[] calls = [StatusAsync(gateway, "/a"), StatusAsync(gateway, "/b")];
        await Telemetry.Condition.HoldsAsync(() => upstream.Requests == 2, Stop);
        Assert.Equal(2, gateway.States.Of<BulkheadState>().Count());
        _go.Release(2);
        Assert.All(await Task.WhenAll(calls), status => Assert.Equal(HttpStatusCode.OK, status));
    }

    [Fact]
    public async Task Reload_WithMorePlaces_CountsWhatIsUnderWay()
    {
        await using EchoUpstream upstream = await HoldingAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream, "1"));
        Task<HttpStatusCode> first = StatusAsync(gateway, "/a");
        await Telemetry.Condition.HoldsAsync(() => upstream.Requests == 1, Stop);
        gateway.Reload(Document(upstream, "2"));
        Task<HttpStatusCode> second = StatusAsync(gateway, "/a");
        await Telemetry.Condition.HoldsAsync(() => upstream.Requests == 2, Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(gateway, "/a"));
        _go.Release(2);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], await Task.WhenAll(first, second));
    }

    [Fact]
    public async Task Reload_WithMorePlaces_LetsThoseInWhoWait()
    {
        await using EchoUpstream upstream = await HoldingAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document(upstream, "{ maxConcurrent: 1, maxQueue: 5, maxWait: 10m }"));
        Task<HttpStatusCode>[] calls = [.. Enumerable.Range(0, 4).Select(_ => StatusAsync(gateway, "/a"))];
        await Telemetry.Condition.HoldsAsync(() => State(gateway).Waiting == 3, Stop);
        gateway.Reload(Document(upstream, "{ maxConcurrent: 4, maxQueue: 5, maxWait: 10m }"));
        Task<HttpStatusCode> fifth = StatusAsync(gateway, "/a");
        await Telemetry.Condition.HoldsAsync(() => State(gateway).Waiting == 4, Stop);
        _go.Release();
        await Telemetry.Condition.HoldsAsync(() => State(gateway) is { InFlight: 4, Waiting: 0 }, Stop);
        _go.Release(4);
        Assert.All(await Task.WhenAll([.. calls, fifth]), status => Assert.Equal(HttpStatusCode.OK, status));
    }

    private static BulkheadState State(TestGateway gateway) => Assert.Single(gateway.States.Of<BulkheadState>());

    private static async Task<HttpStatusCode> StatusAsync(TestGateway gateway, string path)
    {
        using HttpResponseMessage response = await gateway.Client.GetAsync(path, Stop);
        return response.StatusCode;
    }

    private static string Document(EchoUpstream upstream, string bulkhead, string config = "") => Document(upstream.Url, bulkhead, config);

    private static string Document(Uri upstream, string bulkhead, string config = "", string ofB = "") => $$"""
        openapi: 3.1.0
        info: { title: t, version: v1 }
        x-gateway-config: { services: { orders: { url: "{{upstream}}", bulkhead: {{bulkhead}} } }, {{config}} }
        paths:
          /a: { get: { operationId: getA, responses: { "200": { description: ok } } } }
          /b:
            get:
              operationId: getB
              {{ofB}}
              responses: { "200": { description: ok } }
        """;

    private Task<EchoUpstream> HoldingAsync() => EchoUpstream.StartAsync(async context =>
    {
        int now = Interlocked.Increment(ref _underWay);
        _most = Math.Max(_most, now);
        await _go.WaitAsync(context.RequestAborted);
        Interlocked.Decrement(ref _underWay);
    });
}
