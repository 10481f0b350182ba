using Headgate.Gateway.Configuration;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Policies.RateLimit;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Forwarding.Health;

/// <summary>When instances of a service are left out and how they come back, compiled. Immutable; what changes is the state. Thread-safe.</summary>
/// <param name="settings">What the document says of the service.</param>
/// <param name="state">What is known of its instances.</param>
/// <param name="logger">Where changes are told.</param>
internal sealed class HealthPlan(ServiceSettings settings, ServiceHealth state, ILogger logger)
{
    private readonly EjectionSettings _ejection = settings.Ejection;

    public ServiceHealth State => state;

    /// <summary>How its instances are asked; null for not at all.</summary>
    public HealthCheckSettings? Check => settings.HealthCheck;

    /// <summary>How long an instance takes to come back to its whole share, in nanoseconds.</summary>
    public long SlowStart { get; } = Nanoseconds(settings.SlowStart);

    /// <summary>Whether so few instances are usable that none is left out.</summary>
    public bool Panics(long now) => state.Panics(now, settings.PanicThreshold);

    /// <summary>Takes note of what came of a call to an instance.</summary>
    public void Report(UpstreamInstance instance, CallOutcome outcome, GatewayErrorKind? error, TimeProvider clock)
    {
        if (outcome == CallOutcome.Success)
            instance.Health.Succeeded();

        // One that refuses connections cools down, and is tried again each second: it costs nobody time, and is back as soon as it is up.
        else if (outcome == CallOutcome.Failure && !ReferenceEquals(error, ErrorCatalogue.UpstreamConnectFailed))
            Fail(instance, clock);
    }

    /// <summary>Takes note of what the checks of an instance have come to.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="reason">Why it is not well; null when it is.</param>
    /// <param name="clock">The clock.</param>
    public void SetHealth(UpstreamInstance instance, string? reason, TimeProvider clock)
    {
        long now = LimitClock.Now(clock);
        int count;
        lock (state.Lock)
        {
            if (instance.Health.IsUnhealthy == reason is not null)
                return;
            instance.Health.SetUnhealthy(reason is not null, now);
            state.Note(new HealthChange(clock.GetUtcNow(), instance.Url, reason is null ? HealthChangeKind.Healthy : HealthChangeKind.Unhealthy, TimeSpan.Zero));
            count = state.CountOut(now);
        }

        if (reason is null)
            HealthLog.Healthy(logger, instance.Url, state.Service, Check!.Healthy);
        else
            HealthLog.Unhealthy(logger, instance.Url, state.Service, Check!.Unhealthy, reason, count, state.Instances.Length);
    }

    /// <summary>An instance is checked no more: what its checks said is forgotten.</summary>
    public void ForgetChecks(UpstreamInstance instance, TimeProvider clock)
    {
        lock (state.Lock)
        {
            if (!instance.Health.IsUnhealthy)
                return;
            instance.Health.SetUnhealthy(false, LimitClock.Now(clock));
            state.Note(new HealthChange(clock.GetUtcNow(), instance.Url, HealthChangeKind.Healthy, TimeSpan.Zero));
        }
    }

    private static long Nanoseconds(TimeSpan time) => time.Ticks * TimeSpan.NanosecondsPerTick;

    private void Fail(UpstreamInstance instance, TimeProvider clock)
    {
        long now = LimitClock.Now(clock);
        InstanceHealth health = instance.Health;
        (int failures, int count, TimeSpan time) = (0, 0, TimeSpan.Zero);
        lock (state.Lock)
        {
            state.RollWindow(now, Nanoseconds(_ejection.Interval));
            health.Failed();
            if (!_ejection.Enabled || health.IsOut(now) || !(health.FailuresInARow >= _ejection.Failures || IsOutlier(instance)) || !HasRoom(now))
                return;
            failures = Math.Max(health.FailuresInARow, health.FailuresInWindow);
            time = Eject(health, now);
            state.Note(new HealthChange(clock.GetUtcNow(), instance.Url, HealthChangeKind.Ejected, time));
            count = state.CountOut(now);
        }

        HealthLog.Ejected(logger, instance.Url, state.Service, time, failures, count, state.Instances.Length);
    }

    // An outlier fails often while the others do not: where all fail it is the service, and that is the breaker's matter.
    private bool IsOutlier(UpstreamInstance instance)
    {
        (long calls, long failures) = InWindow(instance);
        if (calls < _ejection.MinCalls || failures * 100 < calls * _ejection.FailureRate)
            return false;
        (long otherCalls, long otherFailures) = (0, 0);
        foreach (UpstreamInstance other in state.Instances)
        {
            if (ReferenceEquals(other, instance))
                continue;
            (long itsCalls, long itsFailures) = InWindow(other);
            otherCalls += itsCalls;
            otherFailures += itsFailures;
        }

        return otherCalls > 0 && otherFailures * calls * 2 <= failures * otherCalls;
    }

    // The difference of two counts that wrap around.
    private static (long Calls, long Failures) InWindow(UpstreamInstance instance) =>
        (unchecked(instance.Begun - instance.Health.CallsBeforeWindow), instance.Health.FailuresInWindow);

    private bool HasRoom(long now)
    {
        int ejected = state.Instances.Count(instance => instance.Health.EjectedUntil > now);
        return (ejected + 1) * 100 <= state.Instances.Length * _ejection.MaxPercent;
    }

    private TimeSpan Eject(InstanceHealth health, long now)
    {
        bool again = health.EjectionsInARow > 0 && now - health.EjectedUntil < Nanoseconds(_ejection.MaxTime);
        int inARow = again ? health.EjectionsInARow + 1 : 1;
        TimeSpan grown = _ejection.BaseTime.Value * Math.Pow(2, Math.Min(inARow - 1, 30));
        TimeSpan time = grown < _ejection.MaxTime ? grown : _ejection.MaxTime;
        health.Eject(now + Nanoseconds(time), inARow);
        return time;
    }
}
