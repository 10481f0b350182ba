namespace Headgate.Gateway.Forwarding;

/// <summary>
/// Each instance in turn, as often as its weight. The order is fixed when the service is made: instance 1 weight times, then instance 2, interleaved by rank.
/// </summary>
internal sealed class RoundRobinBalancer : LoadBalancer
{
    private readonly int[] _order;
    private readonly Random _random;
    private uint _next;

    /// <param name="weights">The weights of the instances.</param>
    /// <param name="random">Chance, for instances that come back little by little.</param>
    public RoundRobinBalancer(IReadOnlyList<int> weights, Random random) => (_order, _random) = (Interleave(weights), random);

    public override string Name => "round-robin";

    protected override UpstreamInstance? Pick(in InstanceChoice choice)
    {
        for (int i = 0; i < _order.Length; i++)
        {
            int at = _order[(Interlocked.Increment(ref _next) - 1) % (uint)_order.Length];
            if (choice.IsEligible(at) && choice.TakesItsTurn(at, _random))
                return choice[at];
        }

        return null;
    }

    // Smooth weighted round robin: at each turn the instance with the most credit goes, so that heavy ones do not come in bursts.
    private static int[] Interleave(IReadOnlyList<int> weights)
    {
        int total = weights.Sum();
        int[] credit = new int[weights.Count];
        int[] order = new int[total];
        for (int turn = 0; turn < total; turn++)
        {
            for (int i = 0; i < credit.Length; i++)
                credit[i] += weights[i];
            int best = Array.IndexOf(credit, credit.Max());
            credit[best] -= total;
            order[turn] = best;
        }

        return order;
    }
}
