namespace Headgate.Integration.Tests.Operations;

/// <summary>The clock of several instances on one machine: it stands until the test moves it. Thread-safe.</summary>
internal sealed class SharedTime
{
    private readonly Lock _lock = new();
    private readonly List<InstanceTime> _instances = [];
    private DateTimeOffset _now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now
    {
        get
        {
            lock (_lock)
                return _now;
        }
    }

    /// <summary>The clock as one instance sees it.</summary>
    public InstanceTime OfInstance()
    {
        var time = new InstanceTime(this);
        lock (_lock)
            _instances.Add(time);
        return time;
    }

    /// <summary>Moves the clock second by second, and has each instance's timers ring that are due by then.</summary>
    public void Advance(TimeSpan by)
    {
        for (TimeSpan gone = TimeSpan.Zero; gone < by; gone += TimeSpan.FromSeconds(1))
        {
            InstanceTime[] instances;
            lock (_lock)
            {
                _now += TimeSpan.FromSeconds(1);
                instances = [.. _instances];
            }

            foreach (InstanceTime instance in instances)
                instance.Ring();
        }
    }
}
