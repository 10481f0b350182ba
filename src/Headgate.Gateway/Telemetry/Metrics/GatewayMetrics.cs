using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;

namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>
/// All counters of the data plane. Counting a request allocates nothing and looks nothing up: an operation carries its counters in its plan, a service in its
/// instances. Thread-safe.
/// </summary>
internal sealed class GatewayMetrics
{
    private const int InFlight = 0;
    private const int ClientAborts = 1;

    private readonly CounterStripes _totals = new(2);
    private readonly OperationMetricsTable _operations;
    private readonly UnmatchedMetrics _unmatched;
    private readonly ServiceMetricsTable _services;
    private readonly ErrorCounters _errors = new();
    private readonly List<Func<IEnumerable<PoolReading>>> _pools = [];

    public GatewayMetrics(int maxOperations, int maxServices, TimeProvider time)
    {
        Latency = new LatencyBuckets(time.TimestampFrequency);
        _operations = new OperationMetricsTable(maxOperations, Latency, time);
        _unmatched = new UnmatchedMetrics(Latency);
        _services = new ServiceMetricsTable(maxServices, Latency);
        Plan = new PlanMetrics(time);
    }

    public LatencyBuckets Latency { get; }

    public PlanMetrics Plan { get; }

    public ClientConnections Connections { get; } = new();

    /// <summary>Prepares the counters of a plan that is about to serve, or has just begun to.</summary>
    public void Activate(GatewayPlan plan)
    {
        _operations.Activate(plan);
        Plan.Activated(plan);
    }

    /// <summary>Adds a source of pool readings, asked whenever metrics are read.</summary>
    public void Observe(Func<IEnumerable<PoolReading>> pools)
    {
        lock (_pools)
            _pools.Add(pools);
    }

    /// <summary>Requests that have begun and not ended.</summary>
    public long RequestsInFlight => _totals.Sum(InFlight);

    public void Started() => _totals.Add(InFlight, 1);

    /// <summary>Counts a request that ended.</summary>
    public void Ended(GatewayContext context, in RequestOutcome outcome)
    {
        CounterStripe totals = _totals.Current;
        totals.Add(InFlight, -1);
        outcome.Operation.Record(outcome.Status, outcome.ElapsedTicks, context.Response.BodyBytes);
        CalledService(context, outcome);
        if (context.Failure is { } failure)
            _errors.Count(failure.Kind);
        if (outcome.Status == RequestOutcome.ClientGone)
            totals.Add(ClientAborts, 1);
    }

    /// <summary>Counts the call to a service, where a request made one.</summary>
    public static void CalledService(GatewayContext context, in RequestOutcome outcome) =>
        outcome.Service?.Record(outcome.Stages, failed: (context.Failure ?? context.Absorbed)?.Kind.ProxyStatus is not null);

    /// <summary>The counters for a request: its operation's, or those of requests without one.</summary>
    public OperationMetrics CellOf(GatewayContext context)
    {
        OperationPlan? operation = context.Operation;

        // A preflight is answered for an operation, not by it.
        if (operation is null || (context.Request.Method == "OPTIONS" && operation.Operation.Method != "OPTIONS"))
            return _unmatched.For(context.Request.Method);
        return operation.Metrics ?? _operations.Attach(operation);
    }

    public ServiceMetrics CellOf(UpstreamInstance instance) => instance.Metrics ?? _services.Attach(instance);

    /// <summary>The families that this class and its parts count.</summary>
    public IEnumerable<MetricFamily> Families() =>
    [
        new(MetricCatalogue.Requests, () => Used().SelectMany(cell => cell.ReadStatuses())),
        new(MetricCatalogue.RequestDuration, Histograms: () => Used().Select(cell => cell.ReadLatency())),
        MetricFamily.Of(MetricCatalogue.RequestsInFlight, () => RequestsInFlight),
        new(MetricCatalogue.ResponseBytes, () => Used().Select(cell => new MetricSample(cell.ResponseBytes, cell.Api, cell.Operation, cell.Method))),
        new(MetricCatalogue.Errors, _errors.Read),
        MetricFamily.Of(MetricCatalogue.ClientAborts, () => _totals.Sum(ClientAborts)),
        new(MetricCatalogue.UpstreamRequests, () => _services.Read().Select(cell => new MetricSample(cell.RequestCount, cell.Service))),
        new(MetricCatalogue.UpstreamFailures, () => _services.Read().Select(cell => new MetricSample(cell.FailureCount, cell.Service))),
        new(MetricCatalogue.UpstreamStage, Histograms: () => _services.Read().SelectMany(cell => cell.ReadStages())),
        new(MetricCatalogue.UpstreamInFlight, () => _services.Read().Select(cell => new MetricSample(cell.InFlight, cell.Service))),
        new(MetricCatalogue.UpstreamConnections, ReadPools),
        MetricFamily.Of(MetricCatalogue.ClientConnections, () => Connections.Open),
        MetricFamily.Of(MetricCatalogue.ClientConnectionsAccepted, () => Connections.Accepted),
        .. Plan.Families(),
        .. ProcessMetrics.Families(),
    ];

    private IEnumerable<OperationMetrics> Used() => _operations.Read().Concat(_unmatched.Cells).Where(cell => cell.IsUsed);

    private IEnumerable<MetricSample> ReadPools()
    {
        Func<IEnumerable<PoolReading>>[] sources;
        lock (_pools)
            sources = [.. _pools];
        foreach (IGrouping<string, PoolReading> service in sources.SelectMany(read => read()).GroupBy(reading => _services.LabelOf(reading.Service)))
        {
            int idle = service.Sum(reading => reading.Idle);
            yield return new MetricSample(service.Sum(reading => reading.Open) - idle, service.Key, "busy");
            yield return new MetricSample(idle, service.Key, "idle");
        }
    }
}
