using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding.Health;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Forwarding;

/// <summary>The services that the operations of one document may call, by name. Filled while the document is compiled, then only read.</summary>
public sealed class ServiceTable
{
    private readonly Dictionary<(string Name, LoadBalancing Balancing), UpstreamService> _services = [];
    private readonly Dictionary<string, (ServiceSettings Settings, UpstreamInstance[] Instances, HealthPlan? Health)> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<ForwardPlan, ForwardHandler> _handlers = [];

    internal ServiceTable(CallCommons commons) => Commons = commons;

    /// <summary>What guards of calls need from outside.</summary>
    internal CallCommons Commons { get; }

    /// <summary>The names of all services.</summary>
    public IReadOnlyCollection<string> Names => _known.Keys;

    /// <summary>The operations that name no service where there is no default: reported together, once the document is compiled.</summary>
    internal List<ApiOperation> Unserved { get; } = [];

    /// <summary>The instances of all services.</summary>
    internal IEnumerable<UpstreamInstance> Instances => _known.Values.SelectMany(service => service.Instances);

    /// <summary>The service of operations that name none; null when there is no such.</summary>
    internal string? DefaultName { get; set; }

    /// <summary>When instances are left out, of all services where there is something to choose or to check.</summary>
    internal IEnumerable<HealthPlan> Health => _known.Values.Select(service => service.Health).OfType<HealthPlan>();

    internal void Add(string name, ServiceSettings settings, UpstreamInstance[] instances, HealthPlan? health) => _known[name] = (settings, instances, health);

    internal ServiceSettings SettingsOf(string name) => _known[name].Settings;

    /// <summary>The service under a way of balancing; operations with the same way share its state.</summary>
    internal UpstreamService Get(string name, LoadBalancing? balancing)
    {
        (ServiceSettings settings, UpstreamInstance[] instances, HealthPlan? health) = _known[name];
        (string, LoadBalancing) key = (name, balancing ?? settings.LoadBalancing);
        if (!_services.TryGetValue(key, out UpstreamService? service))
            _services.Add(key, service = new UpstreamService(name, instances, Balancer(key.Item2, instances)) { Health = health });
        return service;
    }

    /// <summary>The handler for a plan; operations with equal plans share one.</summary>
    internal ForwardHandler HandlerOf(ForwardPlan plan)
    {
        if (!_handlers.TryGetValue(plan, out ForwardHandler? handler))
            _handlers.Add(plan, handler = new ForwardHandler(plan));
        return handler;
    }

    private LoadBalancer Balancer(LoadBalancing balancing, UpstreamInstance[] instances) => balancing switch
    {
        LoadBalancing.RoundRobin => new RoundRobinBalancer([.. instances.Select(instance => instance.Weight)], Commons.Random),
        LoadBalancing.Random => new RandomBalancer(Commons.Random),
        _ => new LeastRequestsBalancer(Commons.Random),
    };
}
