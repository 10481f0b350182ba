using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Telemetry.Metrics;

namespace Headgate.Gateway.Tests.Telemetry;

public class MetricsAcrossReloadsTests
{
    [Fact]
    public void Operations_BeyondTheBound_CountAsOther()
    {
        var metrics = new GatewayMetrics(2, 10, TimeProvider.System);
        var api = new TestApi();
        for (int i = 0; i < 50; i++)
            api.Add($"op{i}", $"GET /op{i}");
        GatewayPlan plan = api.Plan();
        metrics.Activate(plan);

        foreach (OperationPlan operation in plan.Apis[0].Operations)
            End(metrics, operation);

        string[] series = Requests(metrics);
        Assert.Equal(3, series.Length);
        Assert.Contains("headgate_requests_total{api=\"other\",operation=\"other\",method=\"other\",code=\"200\"} 48", series);
    }

    [Fact]
    public void Operation_InTheNextPlan_KeepsItsCounters()
    {
        var metrics = new GatewayMetrics(10, 10, TimeProvider.System);
        GatewayPlan first = new TestApi().Add("a", "GET /a").Plan(1);
        metrics.Activate(first);
        End(metrics, first.Apis[0].Operations[0]);
        GatewayPlan second = new TestApi().Add("b", "GET /b").Add("a", "GET /a").Plan(2);
        metrics.Activate(second);

        End(metrics, second.Apis[0].Operations[1]);

        Assert.Equal(["headgate_requests_total{api=\"shop\",operation=\"a\",method=\"GET\",code=\"200\"} 2"], Requests(metrics));
    }

    [Fact]
    public void Operation_OfNoPlan_IsDroppedAfterAWhile()
    {
        var time = new ManualTime();
        var metrics = new GatewayMetrics(10, 10, time);
        GatewayPlan first = new TestApi().Add("a", "GET /a").Plan(1);
        metrics.Activate(first);
        End(metrics, first.Apis[0].Operations[0]);

        metrics.Activate(new TestApi().Add("b", "GET /b").Plan(2));
        time.Advance(OperationMetricsTable.RetiredFor - TimeSpan.FromSeconds(1));
        string[] before = Requests(metrics);
        time.Advance(TimeSpan.FromSeconds(2));
        string[] after = Requests(metrics);

        Assert.Single(before);
        Assert.Empty(after);
    }

    [Fact]
    public void Operation_NewWhenFull_TakesThePlaceOfARemovedOne()
    {
        var metrics = new GatewayMetrics(1, 10, TimeProvider.System);
        GatewayPlan first = new TestApi().Add("a", "GET /a").Plan(1);
        metrics.Activate(first);
        End(metrics, first.Apis[0].Operations[0]);
        GatewayPlan second = new TestApi().Add("b", "GET /b").Plan(2);
        metrics.Activate(second);

        End(metrics, second.Apis[0].Operations[0]);

        Assert.Equal(["headgate_requests_total{api=\"shop\",operation=\"b\",method=\"GET\",code=\"200\"} 1"], Requests(metrics));
    }

    [Fact]
    public void Request_BeforeItsPlanIsAnnounced_CountsForItsOperation()
    {
        var metrics = new GatewayMetrics(10, 10, TimeProvider.System);
        GatewayPlan plan = new TestApi().Add("a", "GET /a").Plan();

        End(metrics, plan.Apis[0].Operations[0]);
        metrics.Activate(plan);
        End(metrics, plan.Apis[0].Operations[0]);

        Assert.Equal(["headgate_requests_total{api=\"shop\",operation=\"a\",method=\"GET\",code=\"200\"} 2"], Requests(metrics));
    }

    [Fact]
    public void Reloads_SucceededAndFailed_AreCounted()
    {
        var time = new ManualTime();
        var metrics = new GatewayMetrics(10, 10, time);
        metrics.Activate(new TestApi().Add("a", "GET /a").Plan(1));
        time.Advance(TimeSpan.FromSeconds(10));
        metrics.Activate(new TestApi().Add("a", "GET /a").Plan(2));
        metrics.Plan.Reloaded(succeeded: true);
        DateTimeOffset succeededAt = time.GetUtcNow();
        time.Advance(TimeSpan.FromSeconds(10));

        // One document was taken, another has errors: the plan is a new one and the reload has failed all the same.
        metrics.Activate(new TestApi().Add("a", "GET /a").Add("b", "GET /b").Plan(3));
        metrics.Plan.Reloaded(succeeded: false);

        string text = Write(metrics);

        Assert.Contains("headgate_plan_generation 3\n", text, StringComparison.Ordinal);
        Assert.Contains("headgate_plan_operations 2\n", text, StringComparison.Ordinal);
        Assert.Contains("headgate_reloads_total{result=\"success\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("headgate_reloads_total{result=\"failure\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains($"headgate_reload_last_success_timestamp_seconds {succeededAt.ToUnixTimeSeconds()}\n", text, StringComparison.Ordinal);
    }

    private static void End(GatewayMetrics metrics, OperationPlan operation)
    {
        GatewayContext context = TestRequest.Ended(operation);
        metrics.Started();
        metrics.Ended(context, RequestOutcome.Of(context, context.Timings.StartedAt + 1, metrics));
    }

    private static string[] Requests(GatewayMetrics metrics) =>
        [.. Write(metrics).Split('\n').Where(line => line.StartsWith("headgate_requests_total", StringComparison.Ordinal))];

    private static string Write(GatewayMetrics metrics)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        new MetricsWriter(metrics.Families()).Write(buffer);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
