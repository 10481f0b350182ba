using Headgate.Gateway.Forwarding.CircuitBreaker;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.RateLimit;

namespace Headgate.Gateway.Forwarding.Health;

/// <summary>Tells how the services of the plan in force stand: for people who ask, not for every request. Thread-safe.</summary>
/// <param name="plans">The plan in force.</param>
/// <param name="time">The clock of the requests.</param>
public sealed class ServiceStatusReader(PlanHolder plans, TimeProvider time)
{
    /// <summary>All services, by name. Documents that call a service of one name are told of together.</summary>
    public IReadOnlyList<ServiceStatus> Read()
    {
        GatewayPlan plan = plans.Current;
        ILookup<string, UpstreamInstance> instances = plan.Apis.SelectMany(api => api.Instances).Distinct().ToLookup(instance => instance.Service);
        ILookup<string, BreakerState> breakers = plan.Apis.SelectMany(api => api.UsedStates).OfType<BreakerState>().Distinct().ToLookup(breaker => breaker.Identity.Service);
        ILookup<string, HealthPlan> health = plan.Apis.SelectMany(api => api.Health).ToLookup(one => one.State.Service);
        return [.. instances.OrderBy(service => service.Key, StringComparer.Ordinal).Select(service => StatusOf(service, [.. breakers[service.Key]], [.. health[service.Key]]))];
    }

    private ServiceStatus StatusOf(IGrouping<string, UpstreamInstance> service, BreakerState[] breakers, HealthPlan[] health)
    {
        long now = LimitClock.Now(time);
        IEnumerable<StatusChange> ofBreakers = breakers.SelectMany(breaker => breaker.ReadChanges().Select(change => new StatusChange(change.At, breaker.Identity.Operation ?? "breaker", Word(change.To))));
        IEnumerable<StatusChange> ofInstances = health.Select(one => one.State).Distinct()
            .SelectMany(state => state.ReadChanges()).Select(change => new StatusChange(change.At, change.Instance.GetLeftPart(UriPartial.Path), change.Kind.ToString().ToLowerInvariant()));
        return new ServiceStatus
        {
            Service = service.Key,
            Instances = [.. service.Select(instance => StatusOf(instance, now))],
            Breakers = [.. breakers.OrderBy(breaker => breaker.Identity.Operation, StringComparer.Ordinal).Select(breaker => new BreakerStatus(breaker.Identity.Operation, Word(breaker.Phase), breaker.Foresee(time), breaker.Refused))],
            Panics = health.Any(one => one.Panics(now)),
            Changes = [.. ofBreakers.Concat(ofInstances).OrderBy(change => change.At)],
        };
    }

    private static InstanceStatus StatusOf(UpstreamInstance instance, long now)
    {
        InstanceHealth health = instance.Health;
        bool isEjected = health.EjectedUntil > now;
        string state = health.IsUnhealthy ? "unhealthy" : isEjected ? "ejected" : instance.IsCoolingDown(now) ? "cooling" : "usable";
        TimeSpan? backIn = isEjected && !health.IsUnhealthy ? TimeSpan.FromMicroseconds((health.EjectedUntil - now) / 1000) : null;
        return new InstanceStatus(instance.Url, state, instance.InFlight, health.FailuresInARow, backIn);
    }

    private static string Word(BreakerPhase phase) => phase switch
    {
        BreakerPhase.Open => "open",
        BreakerPhase.HalfOpen => "half-open",
        _ => "closed",
    };
}
