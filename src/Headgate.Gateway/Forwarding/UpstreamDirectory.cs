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
    private readonly ConcurrentDictionary<(string Service, Uri Url), bool> _drained = new();
    private readonly ConcurrentDictionary<TlsIdentity, UpstreamTls> _tls = new();

    /// <param name="transports">How an address is reached.</param>
    /// <param name="logger">Where changes of breakers and of the health of instances are told.</param>
    public UpstreamDirectory(UpstreamTransports transports, ILogger<UpstreamDirectory> logger)
        : this(transports, new CallCommons(Random.Shared, logger))
    {
    }

    internal UpstreamDirectory(UpstreamTransports transports, CallCommons commons) => (_transports, Commons) = (transports, commons);

    internal CallCommons Commons { get; }

    /// <summary>Who counts the calls to its instances that are part of no client's request.</summary>
    internal OwnCalls OwnCalls { get; } = new();

    /// <summary>All instances.</summary>
    internal IEnumerable<UpstreamInstance> Instances => _instances.Values;

    /// <summary>What is known of the instances of services.</summary>
    internal IEnumerable<ServiceHealth> Health => _health.Values;

    /// <summary>The instance at an address, made when there is none yet.</summary>
    internal UpstreamInstance Get(string service, Uri url, int weight, UpstreamTls? tls) =>
        _instances.GetOrAdd(
            (service, url, weight, tls),
            static (key, self) => new UpstreamInstance(key.Service, key.Url, key.Weight, self._transports.For(key.Url))
            {
                Tls = key.Tls,
                IsDrained = self._drained.ContainsKey((key.Service, key.Url)),
                OwnCalls = self.OwnCalls,
            },
            this);

    /// <summary>
    /// Takes an instance out of its service, or back in: it gets no further calls, and those under way end as they would. It stays so, whatever else a reload changes, while the service has
    /// the address.
    /// </summary>
    /// <param name="service">The service.</param>
    /// <param name="url">The address of the instance.</param>
    /// <param name="isDrained">Whether it is out.</param>
    /// <param name="time">The clock.</param>
    /// <returns>Whether the service has such an instance.</returns>
    public bool SetDrained(string service, Uri url, bool isDrained, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        UpstreamInstance[] found = [.. _instances.Values.Where(instance => instance.Service == service && instance.Url == url)];
        if (found.Length == 0)
            return false;
        if (isDrained)
            _drained[(service, url)] = true;
        else
            _drained.TryRemove((service, url), out _);
        foreach (UpstreamInstance instance in found.Where(instance => instance.IsDrained != isDrained))
        {
            instance.IsDrained = isDrained;
            foreach (ServiceHealth health in _health.Values.Where(health => health.Instances.Contains(instance)))
                health.NoteByHand(new HealthChange(time.GetUtcNow(), url, isDrained ? HealthChangeKind.Drained : HealthChangeKind.Undrained, TimeSpan.Zero));
        }

        return true;
    }

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

        HashSet<(string, Uri)> usedAddresses = [.. used.Select(instance => (instance.Service, instance.Url))];
        foreach ((string, Uri) drained in _drained.Keys.Where(drained => !usedAddresses.Contains(drained)))
            _drained.TryRemove(drained, out _);
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
