namespace Headgate.Gateway.Forwarding;

/// <summary>An instance at random, by weight.</summary>
/// <param name="random">Chance.</param>
internal sealed class RandomBalancer(Random random) : LoadBalancer
{
    public override string Name => "random";

    protected override UpstreamInstance? Pick(in InstanceChoice choice) => WeightedDraw.Draw(choice, random, excluded: -1) is >= 0 and int at ? choice[at] : null;
}
