using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Telemetry.Metrics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Telemetry;

public class MetricsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_OfAllKinds_AreCountedByOperationMethodAndCode()
    {
        TestApi api = new TestApi().Add("listOrders", "GET /orders").Add("createOrder", "POST /orders");
        await using TelemetryHost host = await TelemetryHost.StartAsync(api.Plan());

        for (int i = 0; i < 3; i++)
            (await host.Client.GetAsync("/v1/orders?page=1", Stop)).Dispose();
        (await host.Client.DeleteAsync("/v1/orders", Stop)).Dispose();
        (await host.Client.GetAsync("/v1/nothing", Stop)).Dispose();
        await host.StopServingAsync();

        string metrics = host.ReadMetrics();
        Assert.Contains("headgate_requests_total{api=\"shop\",operation=\"listOrders\",method=\"GET\",code=\"200\"} 3\n", metrics, StringComparison.Ordinal);
        Assert.Contains("headgate_requests_total{api=\"none\",operation=\"none\",method=\"DELETE\",code=\"405\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("headgate_requests_total{api=\"none\",operation=\"none\",method=\"GET\",code=\"404\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("headgate_request_duration_seconds_count{api=\"shop\",operation=\"listOrders\",method=\"GET\"} 3\n", metrics, StringComparison.Ordinal);
        Assert.Contains("headgate_response_bytes_total{api=\"shop\",operation=\"listOrders\",method=\"GET\"} 6\n", metrics, StringComparison.Ordinal);
        Assert.Contains("headgate_errors_total{error=\"route_not_found\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("headgate_requests_in_flight 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("headgate_client_connections 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("headgate_client_connections_accepted_total 1\n", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("createOrder", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_UnderWay_AreInFlight()
    {
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        TestApi api = new TestApi().Add("wait", "GET /wait", new DelegateHandler(async _ =>
        {
            entered.SetResult();
            await release.Task;
        }));
        await using TelemetryHost host = await TelemetryHost.StartAsync(api.Plan());

        Task<HttpResponseMessage> answer = host.Client.GetAsync("/v1/wait", Stop);
        await entered.Task.WaitAsync(Stop);
        string during = host.ReadMetrics();
        release.SetResult();
        (await answer).Dispose();

        Assert.Contains("headgate_requests_in_flight 1\n", during, StringComparison.Ordinal);
        Assert.Contains("headgate_client_connections 1\n", during, StringComparison.Ordinal);
    }

    [Fact]
    public void ClientGone_BeforeTheAnswer_Is499AndAnAbort()
    {
        var metrics = new GatewayMetrics(10, 10, TimeProvider.System);
        GatewayContext context = TestRequest.Ended(error: ErrorCatalogue.ClientClosedRequest);

        End(metrics, context);

        string text = Write(metrics);
        Assert.Contains("code=\"499\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("headgate_client_aborts_total 1\n", text, StringComparison.Ordinal);
        Assert.Contains("headgate_errors_total{error=\"client_closed_request\"} 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Histogram_Buckets_AreCumulativeWithSumAndCount()
    {
        var time = new ManualTime();
        var metrics = new GatewayMetrics(10, 10, time);
        GatewayContext context = TestRequest.Ended(time: time);

        End(metrics, context, elapsed: TimeSpan.FromMicroseconds(200));
        End(metrics, context, elapsed: TimeSpan.FromMilliseconds(1));
        End(metrics, context, elapsed: TimeSpan.FromSeconds(50));

        const string series = "headgate_request_duration_seconds_bucket{api=\"none\",operation=\"none\",method=\"GET\",le=";
        string text = Write(metrics);
        Assert.Contains($"{series}\"0.00025\"}} 1\n", text, StringComparison.Ordinal);
        Assert.Contains($"{series}\"0.0005\"}} 1\n", text, StringComparison.Ordinal);
        Assert.Contains($"{series}\"0.001\"}} 2\n", text, StringComparison.Ordinal);
        Assert.Contains($"{series}\"32.768\"}} 2\n", text, StringComparison.Ordinal);
        Assert.Contains($"{series}\"+Inf\"}} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("headgate_request_duration_seconds_sum{api=\"none\",operation=\"none\",method=\"GET\"} 50.0012\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void LatencyBuckets_EveryBound_IsInclusive()
    {
        var buckets = new LatencyBuckets(TimeSpan.TicksPerSecond);
        for (int i = 0; i < LatencyBuckets.UpperBoundsSeconds.Count; i++)
        {
            long bound = (long)Math.Round(LatencyBuckets.UpperBoundsSeconds[i] * TimeSpan.TicksPerSecond);
            Assert.Equal(i, buckets.IndexOf(bound));
            Assert.Equal(i + 1, buckets.IndexOf(bound + 1));
        }

        Assert.Equal(0, buckets.IndexOf(0));
        Assert.Equal(LatencyBuckets.Count - 1, buckets.IndexOf(long.MaxValue));
    }

    [Theory]
    [InlineData(200, "200")]
    [InlineData(499, "499")]
    [InlineData(299, "2xx")]
    [InlineData(599, "5xx")]
    [InlineData(0, "other")]
    [InlineData(600, "other")]
    [InlineData(-1, "other")]
    public void StatusSlots_UnregisteredStatus_CountsAsItsClass(int status, string label) => Assert.Equal(label, StatusSlots.Label(StatusSlots.Of(status)));

    [Fact]
    public void LabelValues_WithQuotesAndLineFeeds_AreEscaped()
    {
        var metrics = new GatewayMetrics(10, 10, TimeProvider.System);
        var plan = new TestApi("a\"b\\c\nd").Add("x", "GET /x").Plan();
        metrics.Activate(plan);

        End(metrics, TestRequest.Ended(plan.Apis[0].Operations[0]));

        Assert.Contains("{api=\"a\\\"b\\\\c\\nd\",operation=\"x\"", Write(metrics), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pools_Observed_AreSummedByServiceAndState()
    {
        await using GatewayTelemetry telemetry = GatewayTelemetry.Create(new TelemetryOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        telemetry.ObservePools(() => [new PoolReading("orders", 5, 2), new PoolReading("orders", 4, 4)]);

        string text = TelemetryHost.Read(telemetry);

        Assert.Contains("headgate_upstream_connections{service=\"orders\",state=\"busy\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("headgate_upstream_connections{service=\"orders\",state=\"idle\"} 6\n", text, StringComparison.Ordinal);
    }

    private static void End(GatewayMetrics metrics, GatewayContext context, TimeSpan elapsed = default)
    {
        long endedAt = context.Timings.StartedAt + (long)(elapsed.TotalSeconds * context.Clock.TimestampFrequency);
        metrics.Started();
        metrics.Ended(context, RequestOutcome.Of(context, endedAt, metrics));
    }

    private static string Write(GatewayMetrics metrics)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        new MetricsWriter(metrics.Families()).Write(buffer);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
