using System.Collections.Concurrent;

namespace Headgate.Server.Tests.Support;

/// <summary>The system's clock, of which timers of one length ring when the test says so, and never by themselves. Thread-safe.</summary>
internal sealed class RungTime(TimeSpan length) : TimeProvider
{
    private readonly ConcurrentDictionary<HeldTimer, bool> _held = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != length || period != Timeout.InfiniteTimeSpan)
            return base.CreateTimer(callback, state, dueTime, period);
        var timer = new HeldTimer(this, () => callback(state));
        _held[timer] = true;
        return timer;
    }

    /// <summary>Has all of them ring.</summary>
    public void Ring()
    {
        foreach (HeldTimer timer in _held.Keys)
            timer.Ring();
    }

    private sealed class HeldTimer(RungTime time, Action ring) : ITimer
    {
        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => time._held.TryRemove(this, out _);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
