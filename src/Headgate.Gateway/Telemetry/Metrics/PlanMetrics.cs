using Headgate.Gateway.Plans;

namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>What is known of the plan in force and of reloads. Thread-safe.</summary>
internal sealed class PlanMetrics(TimeProvider time)
{
    private GatewayPlan _plan = GatewayPlan.Empty;
    private long _succeededAtMilliseconds = time.GetUtcNow().ToUnixTimeMilliseconds();
    private long _successes;
    private long _failures;

    /// <summary>Notes a plan that was put in force.</summary>
    public void Activated(GatewayPlan plan) => Volatile.Write(ref _plan, plan);

    /// <summary>Counts a reload, once, whatever it changed.</summary>
    public void Reloaded(bool succeeded)
    {
        if (!succeeded)
        {
            Interlocked.Increment(ref _failures);
            return;
        }

        Interlocked.Increment(ref _successes);
        Volatile.Write(ref _succeededAtMilliseconds, time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    public IEnumerable<MetricFamily> Families()
    {
        yield return MetricFamily.Of(MetricCatalogue.PlanGeneration, () => Volatile.Read(ref _plan).Generation);
        yield return MetricFamily.Of(MetricCatalogue.PlanOperations, () => Volatile.Read(ref _plan).Apis.Sum(api => api.Operations.Count));
        yield return new MetricFamily(
            MetricCatalogue.Reloads,
            () => [new MetricSample(Volatile.Read(ref _successes), "success"), new MetricSample(Volatile.Read(ref _failures), "failure")]);
        yield return MetricFamily.Of(MetricCatalogue.ReloadLastSuccess, () => Volatile.Read(ref _succeededAtMilliseconds) / 1000.0);
    }
}
