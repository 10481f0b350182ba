using Headgate.Gateway.Configuration;
using Headgate.Gateway.Policies.RateLimit;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Forwarding.CircuitBreaker;

/// <summary>
/// A circuit breaker. While it is closed and nothing fails a call costs two reads and no write, so that processors do not fight for it. Lives from plan to plan. Thread-safe.
/// </summary>
/// <param name="identity">Whose it is, and its settings.</param>
/// <param name="logger">Where its changes are told.</param>
internal sealed class BreakerState(BreakerIdentity identity, ILogger logger)
{
    /// <summary>The most changes that are remembered.</summary>
    public const int MostChanges = 32;

    // A call that has to wait for others' probes: they take as long as a call does, which nobody knows.
    private const long ProbeWaitNanoseconds = 1_000_000_000;

    private readonly Lock _lock = new();
    private readonly Queue<BreakerChange> _changes = new(MostChanges);
    private readonly long[] _changesTo = new long[3];
    private volatile BreakerPhase _phase;
    private int _epoch;
    private int _failures;
    private int _successes;
    private int _probes;
    private long _openUntil;
    private long _refused;

    public BreakerIdentity Identity => identity;

    public BreakerPhase Phase => _phase;

    /// <summary>Calls that were refused.</summary>
    public long Refused => Volatile.Read(ref _refused);

    private CircuitBreakerSettings Settings => identity.Settings;

    /// <summary>How often it changed to a phase.</summary>
    public long ChangesTo(BreakerPhase phase) => Volatile.Read(ref _changesTo[(int)phase]);

    /// <summary>The latest changes, the oldest first.</summary>
    public BreakerChange[] ReadChanges()
    {
        lock (_lock)
            return [.. _changes];
    }

    /// <summary>Asks whether a call may be made. Each that may is told of by <see cref="Report"/>, whatever comes of it.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="epoch">Belongs to the call: to be given back with its outcome.</param>
    public bool TryEnter(TimeProvider clock, out int epoch)
    {
        epoch = Volatile.Read(ref _epoch);
        return _phase == BreakerPhase.Closed || TryProbe(clock, out epoch);
    }

    /// <summary>Takes note of what came of a call.</summary>
    public void Report(int epoch, CallOutcome outcome, TimeProvider clock)
    {
        if (_phase == BreakerPhase.Closed && (outcome == CallOutcome.Neither || (outcome == CallOutcome.Success && Volatile.Read(ref _failures) == 0)))
            return;
        BreakerPhase? changed;
        bool again;
        lock (_lock)
        {
            // A call that began before the last change says nothing of the time after it.
            if (epoch != _epoch)
                return;
            again = _phase == BreakerPhase.HalfOpen;
            changed = again ? CountProbe(outcome) : Count(outcome);
            if (changed is { } phase)
                Change(phase, clock);
        }

        Tell(changed, again);
    }

    /// <summary>Opens or closes it, whatever it has counted: an operator knows better.</summary>
    public void Set(BreakerPhase phase, TimeProvider clock)
    {
        lock (_lock)
            Change(phase, clock);
    }

    /// <summary>In what time a call that came now would be let pass; zero for at once. Changes nothing.</summary>
    public TimeSpan Foresee(TimeProvider clock)
    {
        lock (_lock)
        {
            long wait = _phase switch
            {
                BreakerPhase.Open => Math.Max(0, _openUntil - LimitClock.Now(clock)),
                BreakerPhase.HalfOpen when !HasRoomForProbe => ProbeWaitNanoseconds,
                _ => 0,
            };
            return TimeSpan.FromMicroseconds(Math.Ceiling(wait / 1000.0));
        }
    }

    private bool HasRoomForProbe => _probes + _successes < Settings.Successes;

    private bool TryProbe(TimeProvider clock, out int epoch)
    {
        bool halfOpens = false;
        bool mayPass;
        lock (_lock)
        {
            if (_phase == BreakerPhase.Open && LimitClock.Now(clock) >= _openUntil)
            {
                halfOpens = true;
                Change(BreakerPhase.HalfOpen, clock);
            }

            epoch = _epoch;
            mayPass = _phase == BreakerPhase.Closed || (_phase == BreakerPhase.HalfOpen && HasRoomForProbe);
            if (!mayPass)
                _refused++;
            else if (_phase == BreakerPhase.HalfOpen)
                _probes++;
        }

        if (halfOpens)
            BreakerLog.HalfOpened(logger, identity.Service, Settings.Successes);
        return mayPass;
    }

    private BreakerPhase? Count(CallOutcome outcome)
    {
        if (outcome == CallOutcome.Success)
            _failures = 0;
        else if (outcome == CallOutcome.Failure && ++_failures >= Settings.Failures)
            return BreakerPhase.Open;
        return null;
    }

    private BreakerPhase? CountProbe(CallOutcome outcome)
    {
        _probes--;
        if (outcome == CallOutcome.Failure)
            return BreakerPhase.Open;
        return outcome == CallOutcome.Success && ++_successes >= Settings.Successes ? BreakerPhase.Closed : null;
    }

    private void Change(BreakerPhase phase, TimeProvider clock)
    {
        (_failures, _successes, _probes) = (0, 0, 0);
        if (phase == BreakerPhase.Open)
            _openUntil = LimitClock.Now(clock) + (Settings.OpenFor.Value.Ticks * TimeSpan.NanosecondsPerTick);
        Volatile.Write(ref _epoch, _epoch + 1);
        _phase = phase;
        _changesTo[(int)phase]++;
        if (_changes.Count == MostChanges)
            _changes.Dequeue();
        _changes.Enqueue(new BreakerChange(clock.GetUtcNow(), phase));
    }

    // Outside the lock: whoever writes the log may be slow.
    private void Tell(BreakerPhase? changed, bool again)
    {
        if (changed == BreakerPhase.Closed)
            BreakerLog.Closed(logger, identity.Service);
        else if (changed == BreakerPhase.Open && again)
            BreakerLog.OpenedAgain(logger, identity.Service, Settings.OpenFor);
        else if (changed == BreakerPhase.Open)
            BreakerLog.Opened(logger, identity.Service, Settings.Failures, Settings.OpenFor);
    }
}
