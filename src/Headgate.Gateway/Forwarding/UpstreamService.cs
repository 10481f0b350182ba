using Headgate.Gateway.Forwarding.Health;

namespace Headgate.Gateway.Forwarding;

/// <summary>A service as operations see it: its instances and how one is chosen. Immutable; what changes lives in the instances.</summary>
/// <param name="Name">The service's name in documents, errors, logs and metrics.</param>
/// <param name="Instances">Where it runs; may be empty, every call is then 503.</param>
/// <param name="Balancer">How an instance is chosen.</param>
internal sealed record UpstreamService(string Name, UpstreamInstance[] Instances, LoadBalancer Balancer)
{
    /// <summary>When instances are left out; null where there is nothing to choose and nobody asks.</summary>
    public HealthPlan? Health { get; init; }

    /// <summary>The addresses as one text, the same in whatever order they are given: by it state that outlives a plan is found again.</summary>
    public string AddressText { get; } = string.Join(' ', Instances.Select(instance => instance.Url.AbsoluteUri).Order(StringComparer.Ordinal));

    /// <summary>Chooses an instance; null when there is none left.</summary>
    /// <param name="tried">Instances that this request has tried already, as bits by position.</param>
    /// <param name="now">Now, in nanoseconds.</param>
    public UpstreamInstance? Choose(ulong tried, long now) => Instances.Length switch
    {
        0 => null,
        1 => tried == 0 ? Instances[0] : null,
        _ => Balancer.Choose(new InstanceChoice(Instances, tried, now, Health?.SlowStart ?? 0, Health?.Panics(now) ?? false)),
    };

    /// <summary>The bit of an instance among those that a request has tried; 0 for positions from 64 on.</summary>
    public ulong BitOf(UpstreamInstance instance)
    {
        for (int i = 0; i < Instances.Length && i < 64; i++)
        {
            if (ReferenceEquals(Instances[i], instance))
                return 1UL << i;
        }

        return 0;
    }

    /// <summary>Whether there is an instance that a request has not tried.</summary>
    public bool HasUntried(ulong tried) => System.Numerics.BitOperations.PopCount(tried) < Instances.Length;
}
