using Headgate.Server.Commands.Top;
using Headgate.Server.Reporting;

namespace Headgate.Server.Tests.Commands.Top;

/// <summary>What two readings of the metrics tell of the time between them.</summary>
public class TopViewTests
{
    private const string Before = """
        # HELP headgate_requests_total Requests.
        headgate_requests_total{api="shop",operation="list",method="GET",code="200"} 100
        headgate_requests_total{api="shop",operation="pay",method="POST",code="200"} 10
        headgate_requests_in_flight 2
        headgate_client_connections 7
        headgate_process_cpu_seconds_total{mode="user"} 1.5
        headgate_process_start_timestamp_seconds 1000
        headgate_request_duration_seconds_bucket{api="shop",operation="list",method="GET",le="0.001"} 100
        headgate_request_duration_seconds_bucket{api="shop",operation="list",method="GET",le="0.002"} 100
        headgate_request_duration_seconds_bucket{api="shop",operation="list",method="GET",le="+Inf"} 100
        """;

    private const string After = """
        headgate_requests_total{api="shop",operation="list",method="GET",code="200"} 200
        headgate_requests_total{api="shop",operation="list",method="GET",code="404"} 20
        headgate_requests_total{api="shop",operation="pay",method="POST",code="200"} 10
        headgate_requests_total{api="shop",operation="pay",method="POST",code="502"} 40
        headgate_requests_in_flight 3
        headgate_client_connections 8
        headgate_process_cpu_seconds_total{mode="user"} 2.5
        headgate_process_start_timestamp_seconds 1000
        headgate_request_duration_seconds_bucket{api="shop",operation="list",method="GET",le="0.001"} 160
        headgate_request_duration_seconds_bucket{api="shop",operation="list",method="GET",le="0.002"} 219
        headgate_request_duration_seconds_bucket{api="shop",operation="list",method="GET",le="+Inf"} 220
        headgate_upstream_requests_total{service="orders"} 60
        headgate_upstream_failures_total{service="orders"} 40
        headgate_upstream_requests_in_flight{service="orders"} 3
        headgate_upstream_stage_duration_seconds_bucket{service="orders",stage="head",le="0.008"} 0
        headgate_upstream_stage_duration_seconds_bucket{service="orders",stage="head",le="0.016"} 60
        headgate_upstream_stage_duration_seconds_bucket{service="orders",stage="head",le="+Inf"} 60
        headgate_upstream_stage_duration_seconds_bucket{service="orders",stage="connect",le="+Inf"} 60
        headgate_circuit_breaker_state{service="orders",state="open"} 1
        headgate_circuit_breaker_state{service="orders",state="closed"} 4
        headgate_upstream_instances{service="orders",state="usable"} 2
        headgate_upstream_instances{service="orders",state="ejected"} 1
        """;

    [Fact]
    public void Rates_AreGrowthOverTime()
    {
        TopReport report = Report(Before, After);
        Assert.Equal((80.0, 20.0, 3L, 8L, 0.5), (report.RequestsPerSecond, report.ErrorsPerSecond, report.RequestsInFlight, report.Connections, report.Processors));
        Assert.Equal(["list", "pay"], report.Operations.Select(operation => operation.Operation));
        Assert.Equal((60.0, 0.0, 10.0), (report.Operations[0].RequestsPerSecond, report.Operations[0].ErrorsPerSecond, report.Operations[0].RefusedPerSecond));
        Assert.Equal((20.0, 20.0), (report.Operations[1].RequestsPerSecond, report.Operations[1].ErrorsPerSecond));
    }

    // 60 of 120 took at most 1 ms, and 119 at most 2 ms: the 118.8th lies at 58.8 of the 59 in between.
    [Fact]
    public void Quantiles_AreOfTheTimeInBetween()
    {
        TopOperation list = Report(Before, After).Operations[0];
        Assert.Equal((1.0, 2.0), (list.P50Milliseconds, list.P99Milliseconds));
        Assert.Equal((null, null), (Report(Before, After).Operations[1].P50Milliseconds, Report(Before, After).Operations[1].P99Milliseconds));
        TopService orders = Assert.Single(Report(Before, After).Services);
        Assert.Equal(new TopService("orders", 30, 20, 12, 15.92, 3, 1, 1), orders);
    }

    [Fact]
    public void Process_ThatIsAnother_CountsFromZero()
    {
        TopReport report = Report(Before, After.Replace("timestamp_seconds 1000", "timestamp_seconds 2000", StringComparison.Ordinal));
        Assert.Equal(135.0, report.RequestsPerSecond);
        Assert.All(Report(After, Before).Operations, operation => Assert.True(operation.RequestsPerSecond >= 0));
    }

    [Theory]
    [InlineData("requests", "list pay")]
    [InlineData("errors", "pay list")]
    [InlineData("p99", "list pay")]
    [InlineData("name", "list pay")]
    public void Rows_AreInTheOrderThatIsWanted(string sort, string expected) =>
        Assert.Equal(expected, string.Join(' ', Report(Before, After, Enum.Parse<TopSort>(sort, ignoreCase: true)).Operations.Select(operation => operation.Operation)));

    [Fact]
    public void Labels_WithWhateverIsInThem_AreRead()
    {
        MetricSeries series = Assert.Single(MetricsText.Parse("""m{a="x\"y\\z\n,}= ",b=""} 1.5e3""" + "\nnot a series\n# TYPE m gauge\nm{a=\"x\" NaN1\n"));
        Assert.Equal(("m", "x\"y\\z\n,}= ", "", 1500.0), (series.Name, series["a"], series["b"], series.Value));
    }

    [Fact]
    public void Text_ShowsTheFirstRows_AndSaysHowManyAreLeft()
    {
        using var output = new StringWriter();
        TopText.Write(Report(Before, After), rows: 1, output);
        string text = output.ToString();
        Assert.Contains("80.0 requests/s, 20.0 errors/s, 3 under way, 8 connections, 0.50 processors", text, StringComparison.Ordinal);
        Assert.Matches("(?m)^list +shop +60\\.0 +0\\.0 +10\\.0 +1\\.0 +2\\.0$", text.ReplaceLineEndings("\n"));
        Assert.Contains("(1 further operation: --rows)", text, StringComparison.Ordinal);
        Assert.Contains("breaker open, 1 out", text, StringComparison.Ordinal);
    }

    private static TopReport Report(string before, string after, TopSort sort = TopSort.Requests) =>
        TopView.Of(new MetricsReading(before, 0), new MetricsReading(after, 1), seconds: 2, DateTimeOffset.UnixEpoch, sort);
}
