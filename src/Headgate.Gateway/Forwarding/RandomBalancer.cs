namespace Headgate.Gateway.Forwarding;

/// <summary>An instance at random, by weight.</summary>
internal sealed class RandomBalancer : LoadBalancer
{
    public override string Name => "random";

    protected override UpstreamInstance? Pick(IReadOnlyList<UpstreamInstance> candidates, ulong tried, long now) =>
        WeightedDraw.Draw(candidates, tried, now, excluded: -1) is >= 0 and int at ? candidates[at] : null;
}
