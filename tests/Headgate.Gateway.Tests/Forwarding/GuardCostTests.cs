using System.Diagnostics;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Forwarding.Bulkhead;
using Headgate.Gateway.Forwarding.CircuitBreaker;
using Headgate.Gateway.Forwarding.Health;
using Headgate.Gateway.Forwarding.Retry;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Tests.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>What each guard of calls costs a call that succeeds: no memory, and little time.</summary>
[Collection("Allocation")]
public sealed class GuardCostTests(ITestOutputHelper output) : IDisposable
{
    // Many short rounds: one of them is met by nothing else that the machine does.
    private const int Calls = 1_000;
    private const int Rounds = 500;
    private const int WarmUpCalls = 100_000;

    // What each may take beyond what was measured on two busy cores: the rest is for slower machines, and for tests that run beside.
    private const double Slack = 5;

    // The runtime makes fast code of a method when it has time for it, which is late while other tests have theirs compiled.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly SocketTransport _transport = new(new SocketTransportOptions(), TestLoops.Shared, TimeProvider.System);

    public void Dispose() => _transport.Dispose();

    [Fact]
    public void ClosedBreaker_Costs_Nothing()
    {
        var breaker = new BreakerState(new BreakerIdentity("s", "a", null, new CircuitBreakerSettings()), NullLogger.Instance);
        Costs("breaker", measured: 24, () =>
        {
            breaker.TryEnter(TimeProvider.System, out int epoch);
            breaker.Report(epoch, CallOutcome.Success, TimeProvider.System);
        });
    }

    [Fact]
    public void BulkheadWithRoom_Costs_Nothing()
    {
        var bulkhead = new BulkheadPlan(new BulkheadSettings { MaxConcurrent = 10 }, new BulkheadState(new BulkheadIdentity("s", "a", null)));
        GatewayContext context = TestRequest.Ended();
        Costs("bulkhead", measured: 110, () =>
        {
            Assert.True(IsAtOnce(bulkhead.EnterAsync(context, TimeSpan.FromSeconds(1))));
            context.ReleaseCall();
        });
    }

    [Fact]
    public void RetryBudget_Costs_Nothing()
    {
        var budget = new RetryBudget("s");
        Costs("retry budget", measured: 60, () => budget.Count(LimitClock.Now(TimeProvider.System)));
    }

    [Fact]
    public void HealthOfInstances_Costs_Nothing()
    {
        UpstreamInstance[] instances = [.. Enumerable.Range(0, 3).Select(i => new UpstreamInstance("s", new Uri($"http://127.0.0.1:{9000 + i}"), 1, _transport))];
        var health = new HealthPlan(new ServiceSettings(), new ServiceHealth("s", instances), NullLogger.Instance);
        var service = new UpstreamService("s", instances, new LeastRequestsBalancer(Random.Shared)) { Health = health };
        Costs("choice of three instances and their health", measured: 133, () =>
        {
            UpstreamInstance chosen = service.Choose(0, LimitClock.Now(TimeProvider.System))!;
            health.Report(chosen, CallOutcome.Success, null, TimeProvider.System);
        });
    }

    private static bool IsAtOnce(ValueTask<GatewayFailure?> entering) => entering.IsCompletedSuccessfully;

    private void Costs(string what, double measured, Action call)
    {
        for (int i = 0; i < WarmUpCalls; i++)
            call();
        double best = double.MaxValue;
        long bytes = long.MaxValue;
        long measuredSince = Stopwatch.GetTimestamp();
        for (int round = 0; round < Rounds || (best > Slack * measured && Stopwatch.GetElapsedTime(measuredSince) < s_patience); round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long began = Stopwatch.GetTimestamp();
            for (int i = 0; i < Calls; i++)
                call();
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalNanoseconds / Calls);
            bytes = Math.Min(bytes, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        output.WriteLine($"{what}: {best:F0} ns, {bytes} bytes in {Calls} calls");
        Assert.Equal(0, bytes);
        Assert.InRange(best, 0, Slack * measured);
    }
}
