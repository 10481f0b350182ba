using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Telemetry.AccessLog;
using Headgate.Gateway.Telemetry.Metrics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Telemetry;

/// <summary>What telemetry costs a request: nothing on the heap.</summary>
public class AllocationTests
{
    private const int Rounds = 1000;

    [Fact]
    public async Task Recorder_MetricsAlone_AllocatesNothing()
    {
        await using GatewayTelemetry telemetry = GatewayTelemetry.Create(new TelemetryOptions(), TimeProvider.System, NullLoggerFactory.Instance);

        Assert.Equal(0, BytesOf(Request(telemetry), context => Run(telemetry, context)));
    }

    [Fact]
    public async Task Recorder_FailedRequest_AllocatesNothing()
    {
        await using GatewayTelemetry telemetry = GatewayTelemetry.Create(new TelemetryOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        GatewayContext context = TestRequest.Ended(error: ErrorCatalogue.RouteNotFound);

        Assert.Equal(0, BytesOf(context, request => Run(telemetry, request)));
    }

    [Theory]
    [InlineData(AccessLogFormat.Json)]
    [InlineData(AccessLogFormat.Text)]
    public void Formatter_LineWithEveryField_AllocatesNothing(AccessLogFormat format)
    {
        var redactor = new QueryRedactor(QueryRedactor.DefaultNames);
        AccessLogFormatter formatter = format == AccessLogFormat.Json ? new JsonAccessLogFormatter(redactor) : new TextAccessLogFormatter(redactor);
        var metrics = new GatewayMetrics(10, 10, TimeProvider.System);
        GatewayContext context = Request(null);
        byte[] buffer = new byte[AccessLogFields.BufferBytes];
        var queue = new AccessLogQueue();

        long bytes = BytesOf(context, request =>
        {
            var line = new LogLineWriter(buffer);
            formatter.Write(ref line, request, RequestOutcome.Of(request, request.Timings.StartedAt + 1000, metrics));
            queue.Append(line.Written);
            if (queue.Take() is { } chunk)
                queue.Return(chunk);
        });

        Assert.Equal(0, bytes);
    }

    private static GatewayContext Request(GatewayTelemetry? telemetry)
    {
        var plan = new TestApi().Add("listOrders", "GET /orders").Plan();
        telemetry?.OnPlanActivated(plan);
        GatewayContext context = TestRequest.Ended(plan.Apis[0].Operations[0], query: "?page=1&access_token=s3cret&us%65r=1", agent: "Mozilla/5.0 \u00e9\"\\ (X11)");
        context.HoldInstance(new UpstreamInstance("orders", new Uri("http://127.0.0.1:9001"), 1, null!));
        long start = context.Timings.StartedAt;
        context.Timings.UpstreamStartedAt = start + 1;
        context.Timings.UpstreamConnectedAt = start + 2;
        context.Timings.UpstreamHeadAt = start + 3;
        context.Timings.UpstreamEndedAt = start + 4;
        return context;
    }

    private static void Run(GatewayTelemetry telemetry, GatewayContext context)
    {
        telemetry.Recorder.OnStarted(context);
        telemetry.Recorder.OnEnded(context, context.Timings.StartedAt + 1000);
    }

    private static long BytesOf(GatewayContext context, Action<GatewayContext> action)
    {
        // The least of several rounds: the runtime itself allocates once in a while when it compiles a method anew, a request of the steady state would in every round.
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Rounds; i++)
                action(context);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
