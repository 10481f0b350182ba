using Headgate.Gateway.Configuration;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Forwarding.Bulkhead;
using Headgate.Gateway.Forwarding.CircuitBreaker;
using Headgate.Gateway.Forwarding.Health;
using Headgate.Gateway.Forwarding.Retry;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.RateLimit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Bench.Guards;

/// <summary>The guards that a call to a service passes. A fallback and the delay of a retry cost a call that succeeds nothing: they are not reached.</summary>
internal sealed class GuardRows : IDisposable
{
    private readonly UpstreamTransports transports = UpstreamTransports.Create(loops: null, TimeProvider.System);

    public IReadOnlyList<GuardRow> All => [Breaker(), Bulkhead(), RetryBudget(), Instances(1), Instances(3)];

    public void Dispose() => transports.Dispose();

    private static GuardRow Breaker()
    {
        var breaker = new BreakerState(new BreakerIdentity("s", "a", null, new CircuitBreakerSettings()), NullLogger.Instance);
        return new GuardRow("circuit breaker, closed", () =>
        {
            breaker.TryEnter(TimeProvider.System, out var epoch);
            breaker.Report(epoch, CallOutcome.Success, TimeProvider.System);
        });
    }

    private static GuardRow Bulkhead()
    {
        var bulkhead = new BulkheadPlan(new BulkheadSettings { MaxConcurrent = 10 }, new BulkheadState(new BulkheadIdentity("s", "a", null)));
        var context = Request();
        return new GuardRow("bulkhead with room", () =>
        {
            if (!IsAtOnce(bulkhead.EnterAsync(context, TimeSpan.FromSeconds(1))))
                throw new MeasurementFailedException("a bulkhead with room had a call wait");
            context.ReleaseCall();
        });
    }

    private static bool IsAtOnce(ValueTask<GatewayFailure?> entering) => entering.IsCompletedSuccessfully;

    private static GuardRow RetryBudget()
    {
        var budget = new RetryBudget("s");
        return new GuardRow("retry budget", () => budget.Count(LimitClock.Now(TimeProvider.System)));
    }

    private GuardRow Instances(int count)
    {
        UpstreamInstance[] instances = [.. Enumerable.Range(0, count).Select(Instance)];
        var health = new HealthPlan(new ServiceSettings(), new ServiceHealth("s", instances), NullLogger.Instance);
        var service = new UpstreamService("s", instances, new LeastRequestsBalancer(Random.Shared)) { Health = health };
        return new GuardRow($"choice of {(count == 1 ? "one instance" : $"{count} instances")} and their health", () =>
        {
            var chosen = service.Choose(0, LimitClock.Now(TimeProvider.System))!;
            health.Report(chosen, CallOutcome.Success, null, TimeProvider.System);
        });
    }

    private UpstreamInstance Instance(int number)
    {
        var url = new Uri($"http://127.0.0.1:{9000 + number}");
        return new UpstreamInstance("s", url, 1, transports.For(url));
    }

    private static GatewayContext Request()
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature { Method = "GET", Protocol = "HTTP/1.1" });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature());
        features.Set<IRequestBodyPipeFeature>(new NoBody());
        return new GatewayContext(features, TimeProvider.System);
    }

    private sealed class NoBody : IRequestBodyPipeFeature
    {
        public System.IO.Pipelines.PipeReader Reader => System.IO.Pipelines.PipeReader.Create(Stream.Null);
    }
}
