namespace Headgate.Integration.Events.Log;

/// <summary>Those who wait for events. One reading of what was appended serves all of them. Thread-safe.</summary>
internal sealed class EventWaiters
{
    /// <summary>The most that wait at once.</summary>
    public const int Most = 1000;

    /// <summary>The most of one caller that wait at once: none keeps all others out.</summary>
    public const int MostOfCaller = 100;

    private readonly Lock _lock = new();
    private readonly List<EventWaiter> _waiting = [];
    private bool _isClosed;

    /// <summary>From where those who wait have to be told of events; null when nobody waits.</summary>
    public long? From
    {
        get
        {
            lock (_lock)
                return _waiting.Count == 0 ? null : _waiting.Min(waiter => waiter.After);
        }
    }

    /// <summary>How many wait that count.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return Counted;
        }
    }

    private int Counted => _waiting.Count(waiter => waiter.IsCounted);

    /// <summary>Adds one who has read up to an offset, and gives it back; null when it counts and as many wait as may.</summary>
    public EventWaiter? TryAdd(EventWaiter waiter)
    {
        lock (_lock)
        {
            if (waiter.IsCounted && (Counted >= Most || _waiting.Count(other => other.IsCounted && other.Caller == waiter.Caller) >= MostOfCaller))
                return null;
            if (_isClosed && waiter.IsCounted)
                waiter.End(EventWait.TimedOut);
            else
                _waiting.Add(waiter);
            return waiter;
        }
    }

    public void Remove(EventWaiter waiter)
    {
        lock (_lock)
            _waiting.Remove(waiter);
    }

    /// <summary>Ends the waits that count, and those that are still to begin.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            foreach (EventWaiter waiter in _waiting.Where(waiter => waiter.IsCounted))
                waiter.End(EventWait.TimedOut);
        }
    }

    /// <summary>Ends the wait of everybody who wants one of these.</summary>
    /// <param name="from">Where reading began, a <see cref="From"/>: who came since and has to be told of earlier ones is left for the next reading.</param>
    /// <param name="headers">Events in order, all that there are after that as far as they go.</param>
    public void Tell(long from, IReadOnlyList<EventHeader> headers)
    {
        if (headers.Count == 0)
            return;
        lock (_lock)
            _waiting.RemoveAll(waiter => waiter.After >= from && Tell(waiter, headers));
    }

    private static bool Tell(EventWaiter waiter, IReadOnlyList<EventHeader> headers)
    {
        for (int i = 0; i < headers.Count; i++)
        {
            if (!waiter.Wants(headers[i]))
                continue;
            waiter.End(EventWait.Appended);
            return true;
        }

        waiter.After = Math.Max(waiter.After, headers[^1].Offset);
        return false;
    }
}
