using Headgate.Gateway.Configuration;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Forwarding.Health;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.OpenApi.Values;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Forwarding.Health;

/// <summary>Instances that are left out for failures and come back, on a clock that the test moves.</summary>
public sealed class EjectionTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly SocketTransport _transport = new(new SocketTransportOptions(), TestLoops.Shared, TimeProvider.System);

    public void Dispose() => _transport.Dispose();

    [Fact]
    public void FiveFailuresInARow_LeaveItOut_ForTenSeconds()
    {
        UpstreamService service = Service(3);
        Fail(service, 0, 4);
        Assert.False(IsOut(service, 0));
        Fail(service, 0, 1);
        Assert.True(IsOut(service, 0));
        Assert.DoesNotContain(service.Instances[0], Choices(service, 300));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(IsOut(service, 0));
        HealthChange change = Assert.Single(service.Health!.State.ReadChanges());
        Assert.Equal((HealthChangeKind.Ejected, service.Instances[0].Url, TimeSpan.FromSeconds(10)), (change.Kind, change.Instance, change.For));
    }

    [Fact]
    public void Success_InBetween_BeginsTheCountAnew()
    {
        UpstreamService service = Service(3);
        for (int i = 0; i < 10; i++)
        {
            Fail(service, 0, 4);
            Report(service, 0, CallOutcome.Success);
        }

        Assert.False(IsOut(service, 0));
    }

    [Fact]
    public void RefusedConnections_AreForTheCoolDown_NotForThis()
    {
        UpstreamService service = Service(3);
        for (int i = 0; i < 50; i++)
            service.Health!.Report(service.Instances[0], CallOutcome.Failure, ErrorCatalogue.UpstreamConnectFailed, _time);
        Assert.False(IsOut(service, 0));
    }

    [Fact]
    public void EachFurtherTime_IsTwiceAsLong_ToItsBound_AndLongGoodServiceIsRewarded()
    {
        UpstreamService service = Service(3, new ServiceSettings { Ejection = new EjectionSettings { BaseTime = Duration.FromSeconds(10), MaxTime = Duration.FromSeconds(60) } });
        Assert.Equal([10, 20, 40, 60, 60], Enumerable.Range(0, 5).Select(_ => EjectAndWait(service)));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(10, EjectAndWait(service));
    }

    [Theory]
    [InlineData(1, 50, 0)]
    [InlineData(2, 50, 1)]
    [InlineData(3, 50, 1)]
    [InlineData(4, 50, 2)]
    [InlineData(10, 30, 3)]
    [InlineData(10, 0, 0)]
    [InlineData(3, 100, 3)]
    public void NeverMore_ThanMayBe_AreOutAtOnce(int count, int percent, int most)
    {
        UpstreamService service = Service(count, new ServiceSettings { Ejection = new EjectionSettings { MaxPercent = percent }, HealthCheck = new HealthCheckSettings { Path = "/" } });
        for (int i = 0; i < count; i++)
            Fail(service, i, 20);
        Assert.Equal(most, service.Health!.State.CountOut(LimitClock.Now(_time)));
    }

    [Fact]
    public void Outlier_ThatFailsHalfItsCalls_IsLeftOut_ThoughNeverFiveInARow()
    {
        UpstreamService service = Service(3);
        Mix(service, [0.5, 0.0, 0.1], calls: 40);
        Assert.Equal([true, false, false], Enumerable.Range(0, 3).Select(i => IsOut(service, i)));
    }

    [Theory]
    [InlineData(new[] { 0.5, 0.5, 0.5 }, 40)]
    [InlineData(new[] { 0.4, 0.0, 0.0 }, 40)]
    [InlineData(new[] { 0.5, 0.0, 0.0 }, 10)]
    public void NoOutlier_IsLeftIn(double[] rates, int calls)
    {
        UpstreamService service = Service(3);
        Mix(service, rates, calls);
        Assert.Equal(0, service.Health!.State.CountOut(LimitClock.Now(_time)));
    }

    [Fact]
    public void SwitchedOff_NothingIsLeftOut()
    {
        UpstreamService service = Service(3, new ServiceSettings { Ejection = new EjectionSettings { Enabled = false } });
        Fail(service, 0, 100);
        Assert.False(IsOut(service, 0));
    }

    [Theory]
    [InlineData("least-requests")]
    [InlineData("round-robin")]
    [InlineData("random")]
    public void ComingBack_ItsShareGrowsFromATenthToTheWhole(string balancing)
    {
        UpstreamService service = Service(2, new ServiceSettings { Ejection = new EjectionSettings { MaxPercent = 50 } }, balancing);
        Fail(service, 0, 5);
        _time.Advance(TimeSpan.FromSeconds(10));
        double[] shares = [.. Enumerable.Range(0, 3).Select(_ =>
        {
            double share = Choices(service, 4000).Count(choice => ReferenceEquals(choice, service.Instances[0])) / 4000.0;
            _time.Advance(TimeSpan.FromSeconds(5));
            return share;
        })];

        // Of two: a tenth beside a whole, a half beside a whole, two wholes. The balancer by load draws twice, which evens out.
        Assert.InRange(shares[0], 0.02, 0.15);
        Assert.InRange(shares[1], 0.2, 0.45);
        Assert.InRange(shares[2], 0.45, 0.55);
    }

    [Fact]
    public void MostOut_AllAreUsed_UntilEnoughAreBack()
    {
        UpstreamService service = Service(4, new ServiceSettings { HealthCheck = new HealthCheckSettings { Path = "/" } });
        service.Health!.SetHealth(service.Instances[0], "status 500", _time);
        service.Health.SetHealth(service.Instances[1], "status 500", _time);
        Assert.Equal(2, Choices(service, 400).Distinct().Count());
        service.Health.SetHealth(service.Instances[2], "status 500", _time);
        Assert.True(service.Health.Panics(LimitClock.Now(_time)));
        Assert.Equal(4, Choices(service, 400).Distinct().Count());
        service.Health.SetHealth(service.Instances[0], null, _time);
        Assert.Equal(2, Choices(service, 4000).Distinct().Count());
    }

    [Fact]
    public void PanicThreshold_OfZero_IsNever_AndTheLastOneIsTriedAllTheSame()
    {
        UpstreamService service = Service(3, new ServiceSettings { PanicThreshold = 0, HealthCheck = new HealthCheckSettings { Path = "/" } });
        service.Health!.SetHealth(service.Instances[0], "down", _time);
        service.Health.SetHealth(service.Instances[1], "down", _time);
        Assert.Equal([service.Instances[2]], Choices(service, 100).Distinct());
        service.Health.SetHealth(service.Instances[2], "down", _time);
        Assert.NotNull(service.Choose(0, LimitClock.Now(_time)));
    }

    [Fact]
    public void Changes_AreTold_AndRememberedInBound()
    {
        var logger = new RecordingLogger<EjectionTests>();
        UpstreamService service = Service(2, new ServiceSettings { HealthCheck = new HealthCheckSettings { Path = "/" } }, logger: logger);
        for (int i = 0; i < 100; i++)
        {
            service.Health!.SetHealth(service.Instances[0], "status 500", _time);
            service.Health.SetHealth(service.Instances[0], "status 500", _time);
            service.Health.SetHealth(service.Instances[0], null, _time);
        }

        Assert.Equal(200, logger.Messages.Count);
        Assert.Contains("unhealthy after 3 bad checks: status 500; 1 of 2 are out", logger.Messages.First(), StringComparison.Ordinal);
        Assert.Equal(ServiceHealth.MostChanges, service.Health!.State.ReadChanges().Length);
    }

    private int EjectAndWait(UpstreamService service)
    {
        Fail(service, 0, 5);
        int seconds = 0;
        for (; IsOut(service, 0); seconds++)
            _time.Advance(TimeSpan.FromSeconds(1));
        return seconds;
    }

    private void Mix(UpstreamService service, double[] rates, int calls)
    {
        for (int i = 0; i < calls; i++)
        {
            for (int at = 0; at < rates.Length; at++)
            {
                service.Instances[at].Begin();
                bool fails = Math.Floor((i + 1) * rates[at]) > Math.Floor(i * rates[at]);
                Report(service, at, fails ? CallOutcome.Failure : CallOutcome.Success);
                service.Instances[at].End();
            }
        }
    }

    private IEnumerable<UpstreamInstance> Choices(UpstreamService service, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => service.Choose(0, LimitClock.Now(_time))!)];

    private bool IsOut(UpstreamService service, int at) => service.Instances[at].Health.IsOut(LimitClock.Now(_time));

    private void Fail(UpstreamService service, int at, int times)
    {
        for (int i = 0; i < times; i++)
            Report(service, at, CallOutcome.Failure);
    }

    private void Report(UpstreamService service, int at, CallOutcome outcome) => service.Health!.Report(service.Instances[at], outcome, ErrorCatalogue.UpstreamResponseTimeout, _time);

    private UpstreamService Service(int count, ServiceSettings? settings = null, string balancing = "random", Microsoft.Extensions.Logging.ILogger? logger = null)
    {
        UpstreamInstance[] instances = [.. Enumerable.Range(0, count).Select(i => new UpstreamInstance("s", new Uri($"http://127.0.0.1:{9000 + i}"), 1, _transport))];
        var random = new Random(11);
        LoadBalancer balancer = balancing switch
        {
            "round-robin" => new RoundRobinBalancer([.. instances.Select(_ => 1)], random),
            "random" => new RandomBalancer(random),
            _ => new LeastRequestsBalancer(random),
        };
        var health = new HealthPlan(settings ?? new ServiceSettings(), new ServiceHealth("s", instances), logger ?? NullLogger.Instance);
        return new UpstreamService("s", instances, balancer) { Health = health };
    }
}
