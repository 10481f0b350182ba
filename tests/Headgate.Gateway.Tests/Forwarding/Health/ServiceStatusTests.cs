using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Forwarding.Health;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Forwarding.Health;

/// <summary>What an operator is told of breakers and instances.</summary>
public class ServiceStatusTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: t, version: v1 }
        x-gateway-config: { services: { shop: { bulkhead: 5 } }, circuitBreaker: { failures: 1, openFor: 30s }, retry: 2 }
        x-gateway-backend: { fallback: { status: 200 } }
        paths:
          /a: { get: { operationId: getA, responses: { "200": { description: ok } } } }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_TellsOfBreakersInstancesAndChanges()
    {
        await using EchoUpstream upstream = await FailingAsync();
        var time = new ManualTime();
        await using TestGateway gateway = await StartAsync(upstream, time);
        (await gateway.Client.GetAsync("/a", Stop)).Dispose();
        UpstreamInstance ejected = gateway.Plan.Apis[0].Instances.First();
        for (int i = 0; i < 5; i++)
            gateway.Plan.Apis[0].Health[0].Report(ejected, CallOutcome.Failure, ErrorCatalogue.UpstreamResponseTimeout, time);

        ServiceStatus status = Assert.Single(new ServiceStatusReader(gateway.Plans, time).Read());
        Assert.Equal(new BreakerStatus(null, "open", TimeSpan.FromSeconds(30), 1), Assert.Single(status.Breakers));
        Assert.Equal(("shop", false, 2), (status.Service, status.Panics, status.Instances.Count));
        Assert.Equal(("ejected", TimeSpan.FromSeconds(10)), (status.Instances[0].State, status.Instances[0].BackIn));
        Assert.Equal("usable", status.Instances[1].State);
        Assert.Equal(["breaker open", $"{ejected.Url.GetLeftPart(UriPartial.Path)} ejected"], status.Changes.Select(change => $"{change.Subject} {change.Change}").Order(StringComparer.Ordinal).Reverse().OrderBy(text => text.StartsWith("http", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Metrics_TellTheSame()
    {
        await using EchoUpstream upstream = await FailingAsync();
        var time = new ManualTime();
        await using GatewayTelemetry telemetry = GatewayTelemetry.Create(new TelemetryOptions(), time, NullLoggerFactory.Instance);
        await using TestGateway gateway = await StartAsync(upstream, time);
        telemetry.ObserveStates(gateway.States);
        telemetry.ObservePools(gateway.Upstreams);
        for (int i = 0; i < 2; i++)
            (await gateway.Client.GetAsync("/a", Stop)).Dispose();
        await Telemetry.Condition.HoldsAsync(() => gateway.States.Of<Gateway.Forwarding.Bulkhead.BulkheadState>().Single().InFlight == 0, Stop);
        gateway.Plan.Apis[0].Health[0].SetHealth(gateway.Plan.Apis[0].Instances.First(), null, time);

        string text = TelemetryHost.Read(telemetry);
        foreach (string line in new[]
        {
            "headgate_circuit_breaker_state{service=\"shop\",state=\"open\"} 1",
            "headgate_circuit_breaker_state{service=\"shop\",state=\"closed\"} 0",
            "headgate_circuit_breaker_changes_total{service=\"shop\",state=\"open\"} 1",
            "headgate_circuit_breaker_refused_total{service=\"shop\"} 2",
            "headgate_retries_total{service=\"shop\",fate=\"made\"} 1",
            "headgate_bulkhead_calls_total{service=\"shop\",fate=\"at_once\"} 3",
            "headgate_bulkhead_calls{service=\"shop\",state=\"under_way\"} 0",
            "headgate_fallbacks_total{service=\"shop\"} 2",
            "headgate_upstream_instances{service=\"shop\",state=\"usable\"} 2",
            "headgate_upstream_ejections_total{service=\"shop\"} 0",
            "headgate_health_checks_total{service=\"shop\",result=\"good\"} 0",
        })
            Assert.Contains(line + "\n", text, StringComparison.Ordinal);
    }

    private static Task<EchoUpstream> FailingAsync() => EchoUpstream.StartAsync(context =>
    {
        context.Response.StatusCode = 503;
        return Task.CompletedTask;
    });

    private static Task<TestGateway> StartAsync(EchoUpstream upstream, ManualTime time) => TestGateway.StartAsync(
        Document.Replace("retry: 2", "retry: { attempts: 2, baseDelay: 0ms }", StringComparison.Ordinal),
        new PlanOptions { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["shop"] = [upstream.Url, new Uri($"http://localhost:{upstream.Url.Port}")] } },
        time: time);
}
