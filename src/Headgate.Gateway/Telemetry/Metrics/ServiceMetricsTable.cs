using Headgate.Gateway.Forwarding;

namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>
/// The counters of all upstream services, bounded in number: services beyond the bound share one named <c>other</c>. They stay until the process ends.
/// Thread-safe.
/// </summary>
internal sealed class ServiceMetricsTable(int maxServices, LatencyBuckets latency)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ServiceMetrics> _cells = [];
    private readonly ServiceMetrics _other = new("other", latency);

    /// <summary>Gives an instance the counters of its service.</summary>
    public ServiceMetrics Attach(UpstreamInstance instance)
    {
        lock (_lock)
        {
            if (instance.Metrics is { } attached)
                return attached;
            if (!_cells.TryGetValue(instance.Service, out ServiceMetrics? cell))
            {
                cell = _cells.Count < maxServices ? new ServiceMetrics(instance.Service, latency) : _other;
                if (!ReferenceEquals(cell, _other))
                    _cells.Add(instance.Service, cell);
            }

            cell.Add(instance);
            return instance.Metrics = cell;
        }
    }

    /// <summary>The name under which a service counts.</summary>
    public string LabelOf(string service)
    {
        lock (_lock)
            return _cells.ContainsKey(service) || _cells.Count < maxServices ? service : _other.Service;
    }

    /// <summary>All counters of services that were called.</summary>
    public ServiceMetrics[] Read()
    {
        lock (_lock)
            return [.. _cells.Values.Append(_other).Where(cell => cell.RequestCount != 0 || cell.InFlight != 0)];
    }
}
