using System.Collections.Concurrent;
using Headgate.Gateway.Background;
using Headgate.Gateway.Forwarding.Tls;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.RateLimit;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Forwarding.Health;

/// <summary>
/// Looks after the instances of the plan in force: asks those whose service wants it whether they are well, and has renewed TLS files read. Does so while it runs, in the background. Thread-safe.
/// </summary>
public sealed class UpstreamWatch
{
    /// <summary>The most checks that are under way at once; others wait for their turn.</summary>
    internal const int MostAtOnce = 64;

    private const long TlsLookNanoseconds = 1_000_000_000;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    private readonly PlanHolder _plans;
    private readonly TimeProvider _time;
    private readonly CallCommons _commons;
    private readonly ConcurrentDictionary<UpstreamInstance, HealthCheck> _checks = new();
    private readonly HashSet<Task> _running = [];
    private long _nextTlsLook = long.MinValue;

    /// <param name="plans">Whose instances are looked after.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where faults of Headgate itself are told.</param>
    public UpstreamWatch(PlanHolder plans, TimeProvider time, ILogger<UpstreamWatch> logger)
        : this(plans, time, new CallCommons(Random.Shared, logger))
    {
    }

    internal UpstreamWatch(PlanHolder plans, TimeProvider time, CallCommons commons) => (_plans, _time, _commons) = (plans, time, commons);

    /// <summary>Looks after them until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Rounds.RunAsync(s_look, _time, atOnce: true, BeginWhatIsDue, cancellationToken).ConfigureAwait(false);

        // Checks end with the cancellation. What they failed with beyond that is told of each.
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _running.RemoveWhere(HasEnded);
    }

    /// <summary>Begins the checks whose time has come.</summary>
    internal void BeginWhatIsDue(CancellationToken cancellationToken)
    {
        GatewayPlan plan = _plans.Current;
        _running.RemoveWhere(HasEnded);
        var wanted = new HashSet<UpstreamInstance>();
        foreach (HealthPlan health in plan.Apis.SelectMany(api => api.Health).Where(health => health.Check is not null))
        {
            foreach (UpstreamInstance instance in health.State.Instances)
            {
                if (!wanted.Add(instance))
                    continue;
                HealthCheck check = _checks.GetOrAdd(instance, static (instance, self) => new HealthCheck(instance, self._commons.Random, self._time), this);
                if (check.IsDue && _running.Count < MostAtOnce)
                    _running.Add(check.RunAsync(health, cancellationToken));
            }
        }

        Forget(wanted, plan);
        RenewTls(plan);
    }

    private bool HasEnded(Task check)
    {
        if (check.Exception is { } fault)
            HealthLog.CheckFailed(_commons.Logger, fault);
        return check.IsCompleted;
    }

    // An instance that is checked no more is not unhealthy any more: nobody would ever say so.
    private void Forget(HashSet<UpstreamInstance> wanted, GatewayPlan plan)
    {
        foreach (UpstreamInstance instance in _checks.Keys)
        {
            if (wanted.Contains(instance) || !_checks.TryRemove(instance, out _))
                continue;
            HealthPlan? health = plan.Apis.SelectMany(api => api.Health).FirstOrDefault(health => health.State.Instances.Contains(instance));
            if (health is not null)
                health.ForgetChecks(instance, _time);
            else
                instance.Health.SetUnhealthy(false, LimitClock.Now(_time));
        }
    }

    private void RenewTls(GatewayPlan plan)
    {
        long now = LimitClock.Now(_time);
        if (now < _nextTlsLook)
            return;
        _nextTlsLook = now + TlsLookNanoseconds;
        foreach (UpstreamTls tls in plan.Apis.SelectMany(api => api.Instances).Select(instance => instance.Tls).OfType<UpstreamTls>().Distinct())
            tls.RenewWhenChanged();
    }
}
