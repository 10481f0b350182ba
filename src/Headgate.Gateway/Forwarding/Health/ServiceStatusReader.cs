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
        ILookup<string, BreakerState> breakers = BreakersOf(plan).ToLookup(breaker => breaker.Identity.Service);
        ILookup<string, HealthPlan> health = plan.Apis.SelectMany(api => api.Health).ToLookup(one => one.State.Service);
        return [.. instances.OrderBy(service => service.Key, StringComparer.Ordinal).Select(service => StatusOf(service, [.. breakers[service.Key]], [.. health[service.Key]]))];
    }

    /// <summary>
    /// Opens or closes breakers of a service by hand. One that is opened opens as after failures: for its time, after which it tries whether the service is back.
    /// </summary>
    /// <param name="service">The service.</param>
    /// <param name="operation">The breaker of one operation, as <c>document/operationId</c>; null for all of the service.</param>
    /// <param name="isOpen">Whether they are opened.</param>
    /// <returns>How many breakers there are.</returns>
    public int SetBreakers(string service, string? operation, bool isOpen)
    {
        BreakerState[] breakers = [.. BreakersOf(plans.Current).Where(breaker => breaker.Identity.Service == service && (operation is null || breaker.Identity.Operation == operation))];
        foreach (BreakerState breaker in breakers)
            breaker.Set(isOpen ? BreakerPhase.Open : BreakerPhase.Closed, time);
        return breakers.Length;
    }

    private static IEnumerable<BreakerState> BreakersOf(GatewayPlan plan) => plan.Apis.SelectMany(api => api.UsedStates).OfType<BreakerState>().Distinct();

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
        if (instance.IsDrained)
            state = instance.InFlight == 0 ? "drained" : "draining";
        TimeSpan? backIn = isEjected && !health.IsUnhealthy ? TimeSpan.FromMicroseconds((health.EjectedUntil - now) / 1000) : null;
        bool isPooled = instance.Transport is SocketTransport;
        return new InstanceStatus(instance.Url, state, instance.InFlight, health.FailuresInARow, backIn)
        {
            Weight = instance.Weight,
            OpenConnections = isPooled ? instance.Connections?.Count ?? 0 : null,
            IdleConnections = isPooled ? instance.Connections?.IdleCount ?? 0 : null,
        };
    }

    private static string Word(BreakerPhase phase) => phase switch
    {
        BreakerPhase.Open => "open",
        BreakerPhase.HalfOpen => "half-open",
        _ => "closed",
    };
}
