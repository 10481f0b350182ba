using System.Diagnostics;
using Headgate.Gateway.Aggregation;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Forwarding.Bulkhead;
using Headgate.Gateway.Forwarding.CircuitBreaker;
using Headgate.Gateway.Forwarding.Fallback;
using Headgate.Gateway.Forwarding.Outbound;
using Headgate.Gateway.Forwarding.Retry;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Cache;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Policies.Validation.Answers;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Telemetry.Metrics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Telemetry;

public class PromtoolTests
{
    private const string Install = "apt-get install --no-install-recommends prometheus";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Exposition_WithEveryFamily_PassesPromtool()
    {
        string? promtool = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, "promtool")).FirstOrDefault(File.Exists);
        if (promtool is null)
        {
            string missing = $"promtool is missing, the metrics are not checked. Install it: {Install}";
            Assert.False(string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase), missing);
            Assert.Skip(missing);
        }

        string metrics = await WriteEveryFamilyAsync();
        foreach (MetricDescriptor descriptor in MetricCatalogue.All)
            Assert.Contains($"# TYPE {descriptor.Name} ", metrics, StringComparison.Ordinal);

        using Process check = Process.Start(new ProcessStartInfo(promtool!, "check metrics") { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
        Task<string> complaints = check.StandardError.ReadToEndAsync(Stop);
        Task<string> output = check.StandardOutput.ReadToEndAsync(Stop);
        await check.StandardInput.WriteAsync(metrics.AsMemory(), Stop);
        check.StandardInput.Close();
        await check.WaitForExitAsync(Stop);

        Assert.Equal(("", "", 0), (await complaints, await output, check.ExitCode));
    }

    // A request through an upstream that fails, a pool, a log: so that each family has a series.
    private static async Task<string> WriteEveryFamilyAsync()
    {
        string path = Path.GetTempFileName();
        var options = new TelemetryOptions { AccessLog = Gateway.Telemetry.AccessLog.AccessLogFormat.Text, AccessLogPath = path };
        await using (GatewayTelemetry telemetry = GatewayTelemetry.Create(options, TimeProvider.System, NullLoggerFactory.Instance))
        {
            telemetry.OnPlanActivated(new TestApi().Add("a", "GET /a").Plan());
            telemetry.ObservePools(() => [new PoolReading("orders", 1, 0)]);
            telemetry.ObserveStates(Limits());
            telemetry.ObservePools(Upstreams());
            telemetry.ObserveEvents(() => new EventReadings(7, 1, [new SubscriptionReading("webhooks", 3, TimeSpan.FromSeconds(2), 1, 4)]));
            telemetry.ObserveIdempotency(() => new IdempotencyReadings(1, TimeSpan.FromSeconds(3), [new("kept", 5)]));
            telemetry.ObserveLongWork(() => new LongWorkReadings { UnderWay = 2, OldestAge = TimeSpan.FromSeconds(4), Outcomes = [new LongWorkOutcome("saga", "succeeded", 3)] });
            telemetry.ObserveSagas(Sagas());
            GatewayContext context = TestRequest.Ended(new TestApi().Add("b", "GET /b").Plan().Apis[0].Operations[0], error: ErrorCatalogue.UpstreamConnectionClosed);
            var answers = new AnswerWatch(TimeProvider.System, NullLogger<AnswerWatch>.Instance);
            answers.Tell(context, AnswerFault.Body, "/price", "is missing");
            telemetry.ObserveAnswers(answers);
            context.HoldInstance(new Gateway.Forwarding.UpstreamInstance("orders", new Uri("http://127.0.0.1:1"), 1, null!));
            long start = context.Timings.StartedAt;
            (context.Timings.UpstreamStartedAt, context.Timings.UpstreamConnectedAt, context.Timings.UpstreamHeadAt) = (start, start + 10, start + 20);
            telemetry.Recorder.OnStarted(context);
            telemetry.Recorder.OnEnded(context, start + 30);
            string text = TelemetryHost.Read(telemetry);
            File.Delete(path);
            return text;
        }
    }

    private static SagaMeter Sagas()
    {
        var sagas = new SagaMeter();
        sagas.Ended("shop", "checkout", "succeeded");
        sagas.StepTook("shop", "checkout", "reserve", TimeSpan.FromMilliseconds(3), isRepeat: false);
        return sagas;
    }

    private static UpstreamDirectory Upstreams()
    {
        var upstreams = new UpstreamDirectory(new UpstreamTransports(null!, null!), NullLogger<UpstreamDirectory>.Instance);
        upstreams.HealthOf("orders", [upstreams.Get("orders", new Uri("http://127.0.0.1:1"), 1, tls: null)]);
        return upstreams;
    }

    private static LivingStates Limits()
    {
        var states = new LivingStates();
        var limit = new LimitIdentity("shop", null, null, "POST /orders", new RateLimitKey(RateLimitBy.User), 1, TimeSpan.FromHours(1), LimitedCallers.All);
        states.Get(limit, () => new RateLimitState(limit, isSingle: false, new MemoryBudget(0))).Table.StripeOf(0);
        var outbound = new OutboundIdentity("orders", "http://127.0.0.1:1/", 1, TimeSpan.FromHours(1));
        states.Get(outbound, () => new OutboundTurns(outbound));
        var breaker = new BreakerIdentity("orders", "http://127.0.0.1:1/", null, new CircuitBreakerSettings());
        states.Get(breaker, () => new BreakerState(breaker, NullLogger.Instance));
        states.Get(new RetryBudgetIdentity("orders", ""), () => new RetryBudget("orders"));
        var bulkhead = new BulkheadIdentity("orders", "", null);
        states.Get(bulkhead, () => new BulkheadState(bulkhead));
        states.Get(new FallbackIdentity("orders"), () => new FallbackCounts("orders"));
        var part = new PartIdentity("GET /dashboard", "orders", "orders");
        states.Get(part, () => new PartCounts(part));
        states.Get("cache", () => new CacheCounters("shop"));
        return states;
    }
}
