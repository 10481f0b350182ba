using Headgate.Gateway.Forwarding;

namespace Headgate.Gateway.Tests.Forwarding;

public sealed class LoadBalancerTests : IDisposable
{
    private const long Now = 1_000_000;

    private readonly SocketTransport _transport = new(new SocketTransportOptions(), TestLoops.Shared, TimeProvider.System);

    public void Dispose() => _transport.Dispose();

    [Theory]
    [InlineData("least-requests")]
    [InlineData("round-robin")]
    [InlineData("random")]
    public void Choose_InstanceThatCoolsDown_IsLeftOut(string name)
    {
        UpstreamInstance[] instances = Instances(1, 1, 1);
        instances[1].CoolDown(Now);
        LoadBalancer balancer = Balancer(name, instances);
        for (int i = 0; i < 200; i++)
            Assert.NotSame(instances[1], balancer.Choose(new InstanceChoice(instances, 0, Now)));
    }

    [Theory]
    [InlineData("least-requests")]
    [InlineData("round-robin")]
    [InlineData("random")]
    public void Choose_AllCoolingDown_TriesAllTheSameAndThenGivesUp(string name)
    {
        UpstreamInstance[] instances = Instances(1, 1);
        foreach (UpstreamInstance instance in instances)
            instance.CoolDown(Now);
        LoadBalancer balancer = Balancer(name, instances);
        Assert.NotNull(balancer.Choose(new InstanceChoice(instances, 0, Now)));
        Assert.Same(instances[1], balancer.Choose(new InstanceChoice(instances, 0b01, Now)));
        Assert.Null(balancer.Choose(new InstanceChoice(instances, 0b11, Now)));
    }

    [Theory]
    [InlineData("least-requests")]
    [InlineData("round-robin")]
    [InlineData("random")]
    public void Choose_CoolDownOver_ComesBack(string name)
    {
        UpstreamInstance[] instances = Instances(1, 1);
        instances[0].CoolDown(Now);
        LoadBalancer balancer = Balancer(name, instances);
        Assert.Contains(instances[0], Enumerable.Range(0, 200).Select(_ => balancer.Choose(new InstanceChoice(instances, 0, Now + 1_001_000_000))));
    }

    [Fact]
    public void RoundRobin_Weights_AreSharesWithoutBursts()
    {
        UpstreamInstance[] instances = Instances(3, 1);
        LoadBalancer balancer = Balancer("round-robin", instances);
        int[] order = [.. Enumerable.Range(0, 8).Select(_ => Array.IndexOf(instances, balancer.Choose(new InstanceChoice(instances, 0, Now))))];
        Assert.Equal([0, 0, 1, 0, 0, 0, 1, 0], order);
    }

    [Fact]
    public void Random_Weights_AreSharesInTheLongRun()
    {
        UpstreamInstance[] instances = Instances(3, 1);
        LoadBalancer balancer = Balancer("random", instances);
        int first = Enumerable.Range(0, 4000).Count(_ => ReferenceEquals(instances[0], balancer.Choose(new InstanceChoice(instances, 0, Now))));
        Assert.InRange(first, 2800, 3200);
    }

    [Fact]
    public void LeastRequests_BusyInstance_IsAvoided()
    {
        UpstreamInstance[] instances = Instances(1, 1);
        for (int i = 0; i < 10; i++)
            instances[0].Begin();
        LoadBalancer balancer = Balancer("least-requests", instances);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Same(instances[1], balancer.Choose(new InstanceChoice(instances, 0, Now))));
    }

    [Fact]
    public void LeastRequests_Weight_CountsAsCapacity()
    {
        UpstreamInstance[] instances = Instances(4, 1);
        instances[0].Begin();
        instances[0].Begin();
        LoadBalancer balancer = Balancer("least-requests", instances);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Same(instances[0], balancer.Choose(new InstanceChoice(instances, 0, Now))));
    }

    private static LoadBalancer Balancer(string name, UpstreamInstance[] instances) => name switch
    {
        "round-robin" => new RoundRobinBalancer([.. instances.Select(instance => instance.Weight)], new Random(1)),
        "random" => new RandomBalancer(new Random(1)),
        _ => new LeastRequestsBalancer(new Random(1)),
    };

    private UpstreamInstance[] Instances(params int[] weights) =>
        [.. weights.Select((weight, i) => new UpstreamInstance("s", new Uri($"http://127.0.0.1:{9000 + i}"), weight, _transport))];
}
