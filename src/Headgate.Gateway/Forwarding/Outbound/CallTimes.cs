namespace Headgate.Gateway.Forwarding.Outbound;

/// <summary>
/// When the last calls were made: a sliding window, exact. In any stretch as long as the window there are at most as many calls as the limit says, wherever the other side
/// begins to count. Grows to eight bytes for each call of the limit. Not thread-safe.
/// </summary>
/// <param name="limit">How many calls in each window.</param>
/// <param name="window">The window, in nanoseconds.</param>
internal sealed class CallTimes(int limit, long window)
{
    private const int FirstCapacity = 16;

    private long[] _times = new long[Math.Min(limit, FirstCapacity)];
    private int _oldest;
    private int _count;

    /// <summary>Whether a call may be made now.</summary>
    public bool HasRoom(long now)
    {
        while (_count > 0 && now - At(0) >= window)
        {
            _oldest = (_oldest + 1) % _times.Length;
            _count--;
        }

        return _count < limit;
    }

    /// <summary>Notes a call.</summary>
    public void Add(long now)
    {
        if (_count == _times.Length)
            Grow();
        _times[(_oldest + _count++) % _times.Length] = now;
    }

    /// <summary>How long until a call may be made that others go before; zero when it may be now. Ask <see cref="HasRoom"/> first.</summary>
    /// <param name="before">How many wait before it.</param>
    /// <param name="now">Now.</param>
    public long WaitAfter(int before, long now)
    {
        int free = limit - _count;
        if (before < free)
            return 0;

        // Each of the calls that are noted makes room for one a window later, and that one for another a window after itself.
        (int rounds, int position) = Math.DivRem(before - free, limit);
        long time = position < _count ? At(position) + window : now + window;
        return time + (rounds * window) - now;
    }

    private long At(int index) => _times[(_oldest + index) % _times.Length];

    private void Grow()
    {
        var times = new long[(int)Math.Min(limit, (long)_times.Length * 2)];
        for (int i = 0; i < _count; i++)
            times[i] = At(i);
        (_times, _oldest) = (times, 0);
    }
}
