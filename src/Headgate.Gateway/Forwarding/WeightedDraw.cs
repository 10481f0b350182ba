namespace Headgate.Gateway.Forwarding;

/// <summary>Draws an eligible instance at random, in proportion to its weight.</summary>
internal static class WeightedDraw
{
    /// <summary>The position of the drawn instance, or -1 when none is eligible.</summary>
    public static int Draw(IReadOnlyList<UpstreamInstance> candidates, ulong tried, long now, int excluded)
    {
        int total = 0;
        for (int i = 0; i < candidates.Count; i++)
            total += Weight(candidates, i, tried, now, excluded);
        if (total == 0)
            return -1;

        int ticket = Random.Shared.Next(total);
        for (int i = 0; i < candidates.Count; i++)
        {
            ticket -= Weight(candidates, i, tried, now, excluded);
            if (ticket < 0)
                return i;
        }

        // An instance began to cool down between the two passes: the caller falls back.
        return -1;
    }

    private static int Weight(IReadOnlyList<UpstreamInstance> candidates, int at, ulong tried, long now, int excluded) =>
        at != excluded && (at >= 64 || (tried & (1UL << at)) == 0) && !candidates[at].IsCoolingDown(now) ? candidates[at].Weight : 0;
}
