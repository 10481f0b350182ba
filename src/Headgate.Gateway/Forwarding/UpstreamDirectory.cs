using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// The instances that live, by service and address: the same object from plan to plan, so that a reload keeps connections, counts and health.
/// Thread-safe.
/// </summary>
public sealed class UpstreamDirectory
{
    private readonly UpstreamTransports _transports;
    private readonly ConcurrentDictionary<(string Service, Uri Url, int Weight), UpstreamInstance> _instances = new();

    /// <param name="transports">How an address is reached.</param>
    /// <param name="logger">Where changes of breakers and of the health of instances are told.</param>
    public UpstreamDirectory(UpstreamTransports transports, ILogger<UpstreamDirectory> logger)
        : this(transports, new CallCommons(Random.Shared, logger))
    {
    }

    internal UpstreamDirectory(UpstreamTransports transports, CallCommons commons) => (_transports, Commons) = (transports, commons);

    internal CallCommons Commons { get; }

    /// <summary>All instances.</summary>
    internal IEnumerable<UpstreamInstance> Instances => _instances.Values;

    /// <summary>The instance at an address, made when there is none yet.</summary>
    internal UpstreamInstance Get(string service, Uri url, int weight) =>
        _instances.GetOrAdd((service, url, weight), static (key, transports) => new UpstreamInstance(key.Service, key.Url, key.Weight, transports.For(key.Url)), _transports);

    /// <summary>Forgets the instances that a plan no longer uses. Requests under way on them finish; their idle connections close.</summary>
    internal void Keep(IReadOnlySet<UpstreamInstance> used)
    {
        foreach ((var key, UpstreamInstance instance) in _instances)
        {
            if (!used.Contains(instance) && _instances.TryRemove(key, out _))
                instance.Retire();
        }
    }
}
