using System.Net;
using Headgate.Gateway.Forwarding.Health;
using Headgate.Gateway.Plans;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Forwarding.Health;

/// <summary>An instance that an operator takes out gets no call, whatever happens to the others.</summary>
public class DrainedInstanceTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: t, version: v1 }
        x-gateway-config: { services: { shop: { panicThreshold: 100 } }, retry: { attempts: 3, baseDelay: 0ms, statuses: [503] }, circuitBreaker: { enabled: false } }
        paths:
          /a: { get: { operationId: getA, responses: { "200": { description: ok } } } }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_GoToTheOthers_UntilItIsTakenBack()
    {
        await using EchoUpstream kept = await EchoUpstream.StartAsync();
        await using EchoUpstream drained = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await StartAsync(kept, drained);
        Assert.True(gateway.Upstreams.SetDrained("shop", drained.Url, isDrained: true, gateway.Time));
        await GetAsync(gateway, 50, HttpStatusCode.OK);
        Assert.Equal((50, 0), (kept.Requests, drained.Requests));
        Assert.Equal(["drained"], Changes(gateway));

        // A reload that changes something else about the service, its instance objects included, does not bring it back.
        gateway.Reload(Document.Replace("panicThreshold: 100", "panicThreshold: 100, weights: [1, 3]", StringComparison.Ordinal).Replace("shop: {", $"shop: {{ urls: [\"{kept.Url}\", \"{drained.Url}\"],", StringComparison.Ordinal));
        await GetAsync(gateway, 10, HttpStatusCode.OK);
        Assert.Equal((60, 0), (kept.Requests, drained.Requests));

        Assert.True(gateway.Upstreams.SetDrained("shop", drained.Url, isDrained: false, gateway.Time));
        await GetAsync(gateway, 50, HttpStatusCode.OK);
        Assert.NotEqual(0, drained.Requests);
    }

    [Fact]
    public async Task AllOfThem_Drained_AnswerNothing()
    {
        await using EchoUpstream one = await EchoUpstream.StartAsync();
        await using EchoUpstream other = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await StartAsync(one, other);
        foreach (EchoUpstream upstream in new[] { one, other })
            Assert.True(gateway.Upstreams.SetDrained("shop", upstream.Url, isDrained: true, gateway.Time));
        await GetAsync(gateway, 3, HttpStatusCode.ServiceUnavailable);
        Assert.Equal((0, 0), (one.Requests, other.Requests));
    }

    // The one that is left is tried again as if it were the only one.
    [Fact]
    public async Task Retries_AreMadeOnWhatIsLeft()
    {
        await using EchoUpstream failing = await EchoUpstream.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        await using EchoUpstream drained = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await StartAsync(failing, drained);
        gateway.Upstreams.SetDrained("shop", drained.Url, isDrained: true, gateway.Time);
        await GetAsync(gateway, 1, HttpStatusCode.ServiceUnavailable);
        Assert.Equal((3, 0), (failing.Requests, drained.Requests));
    }

    [Fact]
    public async Task Status_TellsWhetherCallsAreStillUnderWay_AndOfThePool()
    {
        using var began = new SemaphoreSlim(0);
        using var answers = new SemaphoreSlim(0);
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(async context =>
        {
            began.Release();
            await answers.WaitAsync(context.RequestAborted);
        });
        await using TestGateway gateway = await TestGateway.StartAsync(Document, Options(upstream.Url), time: TimeProvider.System);
        Task<HttpResponseMessage> underWay = gateway.Client.GetAsync("/a", Stop);
        await began.WaitAsync(Stop);
        gateway.Upstreams.SetDrained("shop", upstream.Url, isDrained: true, gateway.Time);
        var reader = new ServiceStatusReader(gateway.Plans, gateway.Time);
        InstanceStatus busy = reader.Read()[0].Instances[0];
        Assert.Equal(("draining", 1, 1, 0), (busy.State, busy.InFlight, busy.OpenConnections, busy.IdleConnections));
        answers.Release();
        using (HttpResponseMessage response = await underWay)
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Telemetry.Condition.HoldsAsync(() => reader.Read()[0].Instances[0] is { State: "drained", InFlight: 0, OpenConnections: 1, IdleConnections: 1 }, Stop);
    }

    [Fact]
    public async Task Address_ThatTheServiceDoesNotHave_IsRefused_AndOneThatItLosesIsForgotten()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document.Replace("shop: {", $"shop: {{ url: \"{upstream.Url}\",", StringComparison.Ordinal));
        Assert.False(gateway.Upstreams.SetDrained("shop", new Uri("http://127.0.0.1:1/"), isDrained: true, gateway.Time));
        Assert.False(gateway.Upstreams.SetDrained("another", upstream.Url, isDrained: true, gateway.Time));
        Assert.True(gateway.Upstreams.SetDrained("shop", upstream.Url, isDrained: true, gateway.Time));
        gateway.Reload(Document.Replace("shop: {", "shop: { url: \"http://127.0.0.1:1\",", StringComparison.Ordinal));
        gateway.Reload(Document.Replace("shop: {", $"shop: {{ url: \"{upstream.Url}\",", StringComparison.Ordinal));
        await GetAsync(gateway, 1, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Breakers_SetByHand_HoldAtOnce()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document.Replace("enabled: false", "openFor: 1h", StringComparison.Ordinal), Options(upstream.Url));
        var reader = new ServiceStatusReader(gateway.Plans, gateway.Time);
        Assert.Equal(1, reader.SetBreakers("shop", operation: null, isOpen: true));
        await GetAsync(gateway, 1, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(0, upstream.Requests);
        Assert.Equal(1, reader.SetBreakers("shop", operation: null, isOpen: false));
        await GetAsync(gateway, 1, HttpStatusCode.OK);
        Assert.Equal(["open", "closed"], Changes(gateway));
        Assert.Equal((0, 0), (reader.SetBreakers("another", operation: null, isOpen: true), reader.SetBreakers("shop", operation: "api/getA", isOpen: true)));
    }

    private static PlanOptions Options(params Uri[] urls) => new() { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["shop"] = urls } };

    private static Task<TestGateway> StartAsync(EchoUpstream one, EchoUpstream other) =>
        TestGateway.StartAsync(Document.Replace("shop: {", $"shop: {{ urls: [\"{one.Url}\", \"{other.Url}\"],", StringComparison.Ordinal));

    private static IEnumerable<string> Changes(TestGateway gateway) => new ServiceStatusReader(gateway.Plans, gateway.Time).Read().SelectMany(service => service.Changes).Select(change => change.Change);

    private static async Task GetAsync(TestGateway gateway, int times, HttpStatusCode expected)
    {
        for (int i = 0; i < times; i++)
        {
            using HttpResponseMessage response = await gateway.Client.GetAsync("/a", Stop);
            Assert.Equal(expected, response.StatusCode);
        }
    }
}
