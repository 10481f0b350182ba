namespace Headgate.Gateway.Forwarding;

/// <summary>
/// The default: of two instances drawn at random by weight, the one with fewer requests under way per weight (the power of two choices,
/// Mitzenmacher 2001). Near the best balance without looking at every instance.
/// </summary>
/// <param name="random">Chance.</param>
internal sealed class LeastRequestsBalancer(Random random) : LoadBalancer
{
    public override string Name => "least-requests";

    protected override UpstreamInstance? Pick(in InstanceChoice choice)
    {
        int first = WeightedDraw.Draw(choice, random, excluded: -1);
        if (first < 0)
            return null;
        int second = WeightedDraw.Draw(choice, random, excluded: first);
        if (second < 0)
            return choice[first];

        // One that comes back has the least to do: it is spared what it would so be given.
        bool isBetter = LoadOf(choice[second]) < LoadOf(choice[first]) && choice.TakesItsTurn(second, random);
        return isBetter ? choice[second] : choice[first];
    }

    private static double LoadOf(UpstreamInstance instance) => (instance.InFlight + 1) / (double)instance.Weight;
}
