namespace Headgate.Integration.Tests.Operations;

/// <summary>What one instance sees of a clock. While it is paused, as a stopped process is, none of its timers rings. Thread-safe.</summary>
internal sealed class InstanceTime(SharedTime shared) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];

    /// <summary>Whether the instance stands still.</summary>
    public bool IsPaused { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => shared.Now;

    public override long GetTimestamp() => shared.Now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        lock (_lock)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Has everything ring that is due.</summary>
    public void Ring()
    {
        if (IsPaused)
            return;
        Timer[] due;
        lock (_lock)
            due = [.. _timers.Where(timer => timer.DueAt <= shared.Now)];
        foreach (Timer timer in due)
            timer.Ring();
    }

    private sealed class Timer(InstanceTime time, Action ring) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset DueAt { get; private set; } = DateTimeOffset.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                _period = period;
                DueAt = dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : time.GetUtcNow() + dueTime;
            }

            return true;
        }

        public void Ring()
        {
            lock (time._lock)
                DueAt = _period > TimeSpan.Zero ? time.GetUtcNow() + _period : DateTimeOffset.MaxValue;
            ring();
        }

        public void Dispose()
        {
            lock (time._lock)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
