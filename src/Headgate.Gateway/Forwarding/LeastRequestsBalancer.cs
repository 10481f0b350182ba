namespace Headgate.Gateway.Forwarding;

/// <summary>
/// The default: of two instances drawn at random by weight, the one with fewer requests under way per weight (the power of two choices,
/// Mitzenmacher 2001). Near the best balance without looking at every instance.
/// </summary>
internal sealed class LeastRequestsBalancer : LoadBalancer
{
    public override string Name => "least-requests";

    protected override UpstreamInstance? Pick(IReadOnlyList<UpstreamInstance> candidates, ulong tried, long now)
    {
        int first = WeightedDraw.Draw(candidates, tried, now, excluded: -1);
        if (first < 0)
            return null;
        int second = WeightedDraw.Draw(candidates, tried, now, excluded: first);
        if (second < 0)
            return candidates[first];
        return Load(candidates[first]) <= Load(candidates[second]) ? candidates[first] : candidates[second];
    }

    private static double Load(UpstreamInstance instance) => (instance.InFlight + 1) / (double)instance.Weight;
}
