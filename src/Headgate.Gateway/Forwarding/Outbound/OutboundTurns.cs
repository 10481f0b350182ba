using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.RateLimit;

namespace Headgate.Gateway.Forwarding.Outbound;

/// <summary>
/// Gives out the turns to call one service, first come first served. A call whose turn cannot come in time is refused at once instead of after a wait in vain. No thread
/// is blocked: a timer lets the first of the queue go. Lives from plan to plan. Thread-safe.
/// </summary>
internal sealed class OutboundTurns(OutboundIdentity identity)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<OutboundWaiter> _queue = [];
    private readonly CallTimes _calls = new(identity.Limit, (long)identity.Window.TotalNanoseconds);
    private ITimer? _timer;
    private long _atOnce;
    private long _waited;
    private long _refused;
    private long _abandoned;

    public OutboundIdentity Identity => identity;

    /// <summary>Calls that wait for their turn now.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _queue.Count;
        }
    }

    /// <summary>The call whose turn is next; null when none waits.</summary>
    public OutboundWaiter? FirstWaiting
    {
        get
        {
            lock (_lock)
                return _queue.First?.Value;
        }
    }

    /// <summary>What became of the calls so far.</summary>
    public (long AtOnce, long Waited, long Refused, long Abandoned) Fates
    {
        get
        {
            lock (_lock)
                return (_atOnce, _waited, _refused, _abandoned);
        }
    }

    /// <summary>Takes a turn, waiting for it where it does not come at once.</summary>
    /// <returns><see cref="TimeSpan.Zero"/> when it is the call's turn; null when the client went away; else in what time a turn is to be had.</returns>
    public ValueTask<TimeSpan?> EnterAsync(GatewayContext context, TimeSpan mostWait, int mostWaiting)
    {
        OutboundWaiter waiter;
        lock (_lock)
        {
            long now = LimitClock.Now(context.Clock);
            TimeSpan wait = WaitFor(now);
            if (wait == TimeSpan.Zero)
            {
                _calls.Add(now);
                _atOnce++;
                return new ValueTask<TimeSpan?>(TimeSpan.Zero);
            }

            if (wait > mostWait || _queue.Count >= mostWaiting)
            {
                _refused++;
                return new ValueTask<TimeSpan?>(wait);
            }

            waiter = new OutboundWaiter(this);
            _queue.AddLast(waiter.Node);
            if (_queue.Count == 1)
                Arm(context.Clock, wait);
        }

        return WaitAsync(waiter, context);
    }

    /// <summary>In what time a call that came now would have its turn, without taking it.</summary>
    public TimeSpan Foresee(TimeProvider clock)
    {
        lock (_lock)
            return WaitFor(LimitClock.Now(clock));
    }

    /// <summary>A waiting call's client is gone: those behind it move up.</summary>
    public void Abandon(OutboundWaiter waiter)
    {
        lock (_lock)
        {
            if (waiter.Node.List is null)
                return;
            _queue.Remove(waiter.Node);
            _abandoned++;
        }

        waiter.Complete(null);
    }

    private static async ValueTask<TimeSpan?> WaitAsync(OutboundWaiter waiter, GatewayContext context)
    {
        context.ListenForAbort(waiter);
        TimeSpan? turn = await waiter.Task;
        context.ListenForAbort(null);
        return turn;
    }

    private TimeSpan WaitFor(long now)
    {
        bool hasRoom = _calls.HasRoom(now) && _queue.Count == 0;
        return hasRoom ? TimeSpan.Zero : TimeSpan.FromMicroseconds(Math.Max(1, Math.Ceiling(_calls.WaitAfter(_queue.Count, now) / 1000.0)));
    }

    // Timers count in milliseconds, and one that came early would only be set again.
    private void Arm(TimeProvider clock, TimeSpan wait)
    {
        _timer ??= clock.CreateTimer(state => ((OutboundTurns)state!).Serve(clock), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }

    private void Serve(TimeProvider clock)
    {
        var served = new List<OutboundWaiter>();
        lock (_lock)
        {
            long now = LimitClock.Now(clock);
            while (_queue.First is { } first && _calls.HasRoom(now))
            {
                _queue.Remove(first);
                _calls.Add(now);
                _waited++;
                served.Add(first.Value);
            }

            if (_queue.Count > 0)
                Arm(clock, TimeSpan.FromMicroseconds(Math.Max(1, Math.Ceiling(_calls.WaitAfter(0, now) / 1000.0))));
        }

        foreach (OutboundWaiter waiter in served)
            waiter.Complete(TimeSpan.Zero);
    }
}
