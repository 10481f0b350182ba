using System.Collections.Concurrent;
using Headgate.Gateway.Forwarding.Health;
using Headgate.Gateway.Forwarding.Tls;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// The instances that live, by service and address: the same object from plan to plan, so that a reload keeps connections, counts and health.
/// Thread-safe.
/// </summary>
public sealed class UpstreamDirectory
{
    private readonly UpstreamTransports _transports;
    private readonly ConcurrentDictionary<(string Service, Uri Url, int Weight, UpstreamTls? Tls), UpstreamInstance> _instances = new();
    private readonly ConcurrentDictionary<string, ServiceHealth> _health = new();
    private readonly ConcurrentDictionary<TlsIdentity, UpstreamTls> _tls = new();

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

    /// <summary>What is known of the instances of services.</summary>
    internal IEnumerable<ServiceHealth> Health => _health.Values;

    /// <summary>The instance at an address, made when there is none yet.</summary>
    internal UpstreamInstance Get(string service, Uri url, int weight, UpstreamTls? tls) =>
        _instances.GetOrAdd(
            (service, url, weight, tls),
            static (key, transports) => new UpstreamInstance(key.Service, key.Url, key.Weight, transports.For(key.Url)) { Tls = key.Tls },
            _transports);

    /// <summary>What is known of the instances of a service, the same as long as they are the same.</summary>
    internal ServiceHealth HealthOf(string service, UpstreamInstance[] instances)
    {
        string key = $"{service} {string.Join(' ', instances.Select(instance => $"{instance.Url.AbsoluteUri}*{instance.Weight}"))}";

        // With other TLS files the instances are others, though they are called the same. Plans are compiled one after the other.
        return _health.TryGetValue(key, out ServiceHealth? health) && health.Instances.SequenceEqual(instances) ? health : _health[key] = new ServiceHealth(service, instances);
    }

    /// <summary>The TLS files of services, the same as long as they are the same.</summary>
    internal UpstreamTls TlsOf(TlsIdentity identity) => _tls.GetOrAdd(identity, static (identity, logger) => new UpstreamTls(identity, logger), Commons.Logger);

    /// <summary>Forgets the instances that a plan no longer uses. Requests under way on them finish; their idle connections close.</summary>
    internal void Keep(IReadOnlySet<UpstreamInstance> used)
    {
        foreach ((var key, UpstreamInstance instance) in _instances)
        {
            if (!used.Contains(instance) && _instances.TryRemove(key, out _))
                instance.Retire();
        }

        foreach ((string key, ServiceHealth health) in _health)
        {
            if (!health.Instances.Any(used.Contains))
                _health.TryRemove(key, out _);
        }

        HashSet<UpstreamTls> usedTls = [.. used.Select(instance => instance.Tls).OfType<UpstreamTls>()];
        foreach ((TlsIdentity identity, UpstreamTls tls) in _tls)
        {
            if (!usedTls.Contains(tls))
                _tls.TryRemove(identity, out _);
        }
    }
}
