namespace Headgate.Gateway.Forwarding;

/// <summary>Chooses an instance for a call. Thread-safe.</summary>
internal abstract class LoadBalancer
{
    /// <summary>The algorithm's name in documents: <c>least-requests</c>, <c>round-robin</c>, <c>random</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Chooses among the instances that are not to be avoided; null when there is none.
    /// </summary>
    /// <param name="candidates">The instances; never empty.</param>
    /// <param name="tried">Instances that this request has tried already, as bits by position (positions from 64 on are never excluded).</param>
    /// <param name="now">Now, in nanoseconds.</param>
    public UpstreamInstance? Choose(IReadOnlyList<UpstreamInstance> candidates, ulong tried, long now)
    {
        if (candidates.Count == 1)
            return tried == 0 ? candidates[0] : null;
        return Pick(candidates, tried, now) ?? FirstUntried(candidates, tried);
    }

    /// <summary>Chooses among instances that are neither tried nor cooling down; null when there is none.</summary>
    protected abstract UpstreamInstance? Pick(IReadOnlyList<UpstreamInstance> candidates, ulong tried, long now);

    /// <summary>Whether the instance at a position may be chosen.</summary>
    protected static bool IsEligible(IReadOnlyList<UpstreamInstance> candidates, int at, ulong tried, long now) =>
        !IsTried(tried, at) && !candidates[at].IsCoolingDown(now);

    // When all that is left is cooling down, trying beats refusing: a panic mode in the small.
    private static UpstreamInstance? FirstUntried(IReadOnlyList<UpstreamInstance> candidates, ulong tried)
    {
        for (int i = 0; i < candidates.Count; i++)
        {
            if (!IsTried(tried, i))
                return candidates[i];
        }

        return null;
    }

    private static bool IsTried(ulong tried, int at) => at < 64 && (tried & (1UL << at)) != 0;
}
