using Headgate.Gateway.Forwarding.Health;

namespace Headgate.Gateway.Forwarding;

/// <summary>Among which instances one is chosen for a call, and what each counts. A value.</summary>
/// <param name="instances">The instances: an array, because an interface of it costs a look-up for each of some twenty reads of a choice.</param>
/// <param name="tried">Those that this request has tried already, as bits by position (positions from 64 on are never excluded).</param>
/// <param name="now">Now, in nanoseconds.</param>
/// <param name="slowStart">How long an instance takes to come back to its whole share, in nanoseconds.</param>
/// <param name="ignoresHealth">Whether those that are left out take part all the same.</param>
internal readonly struct InstanceChoice(UpstreamInstance[] instances, ulong tried, long now, long slowStart = 0, bool ignoresHealth = false)
{
    public int Count => instances.Length;

    public UpstreamInstance this[int at] => instances[at];

    public bool IsTried(int at) => at < 64 && (tried & (1UL << at)) != 0;

    /// <summary>Whether the instance may be chosen.</summary>
    public bool IsEligible(int at) => !IsTried(at) && !instances[at].IsCoolingDown(now) && (ignoresHealth || !instances[at].Health.IsOut(now));

    /// <summary>What it counts beside the others; 0 when it may not be chosen.</summary>
    public int ShareOf(int at) => IsEligible(at) ? instances[at].Weight * PartOf(at) : 0;

    /// <summary>Whether it takes a turn that is its own: one that comes back takes only some of them.</summary>
    public bool TakesItsTurn(int at, Random random) => PartOf(at) is var part && (part == InstanceHealth.WholeShare || random.Next(InstanceHealth.WholeShare) < part);

    // The part of its weight for which it counts now, in 1,024ths.
    private int PartOf(int at) => instances[at].Health.ShareAt(now, slowStart);
}
