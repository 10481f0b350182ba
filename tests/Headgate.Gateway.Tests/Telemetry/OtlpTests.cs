using System.Diagnostics;
using System.Globalization;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Tests.Aggregation;
using Headgate.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Headgate.Gateway.Tests.Telemetry;

/// <summary>What a collector gets. In one class, since listeners of activities are process-wide.</summary>
public sealed class OtlpTests : IAsyncLifetime, IDisposable
{
    private const string UpstreamSource = "Test.Orders";

    private readonly ActivitySource _orders = new(UpstreamSource);
    private readonly SocketTransport _transport = new(new SocketTransportOptions(), TestLoops.Shared, TimeProvider.System);
    private readonly List<string> _seen = [];
    private OtlpCollector _collector = null!;
    private RawServer _upstream = null!;
    private TracerProvider _ordersTraces = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _collector = await OtlpCollector.StartAsync();
        _upstream = new RawServer(ServeOrdersAsync);
        _ordersTraces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("order-service"))
            .AddSource(UpstreamSource)
            .AddOtlpExporter(exporter => (exporter.Protocol, exporter.Endpoint) = (OtlpExportProtocol.HttpProtobuf, new Uri(_collector.Url, "/v1/traces")))
            .Build();
    }

    public async ValueTask DisposeAsync()
    {
        _ordersTraces.Dispose();
        await _upstream.DisposeAsync();
        await _collector.DisposeAsync();
    }

    public void Dispose()
    {
        _orders.Dispose();
        _transport.Dispose();
    }

    [Fact]
    public async Task Request_ThroughGatewayAndService_IsOneTrace()
    {
        const string traceId = "0af7651916cd43dd8448eb211c80319c";
        await SendAsync("/v1/orders/7?page=1&token=s3cret", $"00-{traceId}-b7ad6b7169203331-01");

        IReadOnlyList<CollectedSpan> spans = _collector.Spans;
        CollectedSpan server = Assert.Single(spans, span => span.Kind == CollectedSpan.Server && span.Service == "headgate");
        CollectedSpan client = Assert.Single(spans, span => span.Kind == CollectedSpan.Client);
        CollectedSpan order = Assert.Single(spans, span => span.Service == "order-service");
        Assert.All(spans, span => Assert.Equal(traceId, span.TraceId));
        Assert.Equal("b7ad6b7169203331", server.ParentId);
        Assert.Equal(server.SpanId, client.ParentId);
        Assert.Equal(client.SpanId, order.ParentId);
        Assert.True(server.StartNanoseconds <= client.StartNanoseconds && client.EndNanoseconds <= server.EndNanoseconds);
        Assert.True(client.StartNanoseconds < client.EndNanoseconds);
    }

    [Fact]
    public async Task Spans_OfAForwardedRequest_FollowTheHttpConventions()
    {
        await SendAsync("/v1/orders/7?page=1&token=s3cret");

        CollectedSpan server = _collector.Spans.Single(span => span is { Kind: CollectedSpan.Server, Service: "headgate" });
        CollectedSpan client = _collector.Spans.Single(span => span.Kind == CollectedSpan.Client);
        Assert.Equal("GET /v1/orders/{id}", server.Name);
        Assert.Equal("GET", server.Attributes["http.request.method"]);
        Assert.Equal("/v1/orders/{id}", server.Attributes["http.route"]);
        Assert.Equal("200", server.Attributes["http.response.status_code"]);
        Assert.Equal("/v1/orders/7", server.Attributes["url.path"]);
        Assert.Equal("page=1&token=REDACTED", server.Attributes["url.query"]);
        Assert.Equal("http", server.Attributes["url.scheme"]);
        Assert.Equal("127.0.0.1", server.Attributes["server.address"]);
        Assert.Equal("1.1", server.Attributes["network.protocol.version"]);
        Assert.Equal("getOrder", server.Attributes["headgate.operation"]);
        Assert.False(server.Attributes.ContainsKey("error.type"));
        Assert.Equal("GET", client.Name);
        Assert.Equal($"{_upstream.Url}v1/orders/7?page=1&token=REDACTED", client.Attributes["url.full"]);
        Assert.Equal(_upstream.Port.ToString(CultureInfo.InvariantCulture), client.Attributes["server.port"]);
        Assert.Equal("orders", client.Attributes["headgate.service"]);
        Assert.Equal("200", client.Attributes["http.response.status_code"]);
        Assert.False(client.IsError);
    }

    [Fact]
    public async Task Parts_OfAnAggregate_AreSpansOfTheirOwn_UnderThatOfTheRequest()
    {
        await using PartServices services = await PartServices.StartAsync();
        services.On("/b", "{}", status: 500);
        await using (GatewayTelemetry telemetry = GatewayTelemetry.Create(OptionsOf(ratio: 1), TimeProvider.System, NullLoggerFactory.Instance))
        {
            await using TestGateway gateway = await AggregateGateway.StartAsync(
                services, "[{ service: user-service, path: /a, field: a }, { service: order-service, path: /b, field: b, optional: true }]", telemetry: telemetry);
            Assert.Equal(200, (await AggregateGateway.AskAsync(gateway)).Status);
        }

        CollectedSpan server = _collector.Spans.Single(span => span.Kind == CollectedSpan.Server);
        CollectedSpan[] calls = [.. _collector.Spans.Where(span => span.Kind == CollectedSpan.Client).OrderBy(span => span.Attributes["url.full"], StringComparer.Ordinal)];
        Assert.Equal(["user-service 200 False", "order-service 500 True"], calls.Select(span => $"{span.Attributes["headgate.service"]} {span.Attributes["http.response.status_code"]} {span.IsError}"));
        Assert.All(calls, span => Assert.Equal((server.TraceId, server.SpanId), (span.TraceId, span.ParentId)));
        Assert.Equal([$"00-{server.TraceId}-{calls[0].SpanId}-01", $"00-{server.TraceId}-{calls[1].SpanId}-01"], [services.Fields["/a"]["traceparent"], services.Fields["/b"]["traceparent"]]);
    }

    [Fact]
    public async Task Request_WithoutTraceContext_BeginsATraceThatTheUpstreamContinues()
    {
        await SendAsync("/v1/orders/7");

        CollectedSpan server = _collector.Spans.Single(span => span is { Kind: CollectedSpan.Server, Service: "headgate" });
        CollectedSpan client = _collector.Spans.Single(span => span.Kind == CollectedSpan.Client);
        Assert.Equal("", server.ParentId);
        Assert.Equal($"00-{server.TraceId}-{client.SpanId}-01", Assert.Single(_seen));
    }

    [Fact]
    public async Task Request_WhoseClientDoesNotSample_IsNotExportedAndSaysSo()
    {
        const string traceId = "0af7651916cd43dd8448eb211c80319c";
        await SendAsync("/v1/orders/7", $"00-{traceId}-b7ad6b7169203331-00");

        Assert.Empty(_collector.Spans);
        string sent = Assert.Single(_seen);
        Assert.StartsWith($"00-{traceId}-", sent, StringComparison.Ordinal);
        Assert.EndsWith("-00", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("b7ad6b7169203331", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ratio_OfZero_ExportsOnlyWhatClientsSample()
    {
        await SendAsync("/v1/orders/7", traceParent: null, ratio: 0);
        Assert.Empty(_collector.Spans);

        await SendAsync("/v1/orders/7", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", ratio: 0);
        Assert.Equal(3, _collector.Spans.Count);
    }

    [Fact]
    public async Task Request_WithoutAnUpstream_HasAServerSpanAlone()
    {
        await SendAsync("/v1/nothing");

        CollectedSpan server = Assert.Single(_collector.Spans);
        Assert.Equal("GET", server.Name);
        Assert.Equal("404", server.Attributes["http.response.status_code"]);
        Assert.False(server.IsError);
    }

    [Fact]
    public async Task Upstream_ThatIsDown_MakesBothSpansErrorsByName()
    {
        Uri url = _upstream.Url;
        await _upstream.DisposeAsync();

        await SendAsync("/v1/orders/7", upstream: url);

        CollectedSpan server = _collector.Spans.Single(span => span.Kind == CollectedSpan.Server);
        CollectedSpan client = _collector.Spans.Single(span => span.Kind == CollectedSpan.Client);
        Assert.Equal(("upstream_connect_failed", true), (server.Attributes["error.type"], server.IsError));
        Assert.Equal(("upstream_connect_failed", true), (client.Attributes["error.type"], client.IsError));
        Assert.False(client.Attributes.ContainsKey("http.response.status_code"));
    }

    [Fact]
    public async Task Metrics_OfARequest_AreExportedWithTheSameCounts()
    {
        await SendAsync("/v1/orders/7");

        ProtobufFields requests = _collector.Metrics.Last(metric => metric.Text(1) == "headgate.requests");
        ProtobufFields point = Assert.Single(requests.Messages(7).Single().Messages(1));
        Assert.Equal(1.0, BitConverter.UInt64BitsToDouble(point.Number(4)));
        Assert.Equal("getOrder", CollectedSpan.AttributesOf(point, 7)["headgate.operation"]);
        Assert.Equal("200", CollectedSpan.AttributesOf(point, 7)["headgate.code"]);
        ProtobufFields duration = _collector.Metrics.Last(metric => metric.Text(1) == "http.server.request.duration");
        ProtobufFields histogram = Assert.Single(duration.Messages(9).Single().Messages(1));
        Assert.Equal("s", duration.Text(3));
        Assert.Equal(1UL, histogram.Number(4));
        Assert.Equal("200", CollectedSpan.AttributesOf(histogram, 9)["http.response.status_code"]);
    }

    [Fact]
    public async Task Gateway_WithoutAnEndpoint_MakesNoActivities()
    {
        int made = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Headgate.Gateway",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
            {
                Interlocked.Increment(ref made);
                return ActivitySamplingResult.AllData;
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using (TelemetryHost host = await StartAsync(new TelemetryOptions(), _upstream.Url))
            (await host.Client.GetAsync("/v1/orders/7", Stop)).Dispose();

        Assert.Equal(0, made);
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-01$", Assert.Single(_seen));
    }

    private async Task SendAsync(string target, string? traceParent = null, double ratio = 1, Uri? upstream = null)
    {
        await using (TelemetryHost host = await StartAsync(OptionsOf(ratio), upstream ?? _upstream.Url))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, target);
            if (traceParent is not null)
                request.Headers.TryAddWithoutValidation("traceparent", traceParent);
            (await host.Client.SendAsync(request, Stop)).Dispose();
        }

        _ordersTraces.ForceFlush();
    }

    private TelemetryOptions OptionsOf(double ratio)
    {
        TelemetryOptions options = OtlpEnvironment.Apply(
            new TelemetryOptions { TraceSampleRatio = ratio },
            name => name == "OTEL_EXPORTER_OTLP_ENDPOINT" ? _collector.Url.ToString() : null,
            out IReadOnlyList<string> problems);
        Assert.Empty(problems);
        return options;
    }

    private Task<TelemetryHost> StartAsync(TelemetryOptions options, Uri upstream) =>
        TelemetryHost.StartAsync(new TestApi().Add("getOrder", "GET /orders/{id}", StallWatchTests.Forwarding(upstream, _transport)).Plan(), options);

    // A service that continues the trace as any instrumented one does.
    private async Task ServeOrdersAsync(RawConnection connection)
    {
        while (await connection.ReadHeadAsync() is { } head)
        {
            string traceParent = head.Split("\r\n").Single(line => line.StartsWith("traceparent: ", StringComparison.OrdinalIgnoreCase))[13..];
            lock (_seen)
                _seen.Add(traceParent);
            Assert.True(ActivityContext.TryParse(traceParent, null, isRemote: true, out ActivityContext parent));
            using (_orders.StartActivity("GET /orders/{id}", ActivityKind.Server, parent))
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        }
    }
}
