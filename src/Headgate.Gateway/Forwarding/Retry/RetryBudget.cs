namespace Headgate.Gateway.Forwarding.Retry;

/// <summary>
/// Holds the retries of one service to a part of its traffic, so that they do not keep down what they are to help up. Counts whole seconds, the last ten of them.
/// Lives from plan to plan. Thread-safe.
/// </summary>
/// <param name="service">The service.</param>
internal sealed class RetryBudget(string service)
{
    /// <summary>How many seconds are looked back.</summary>
    public const int WindowSeconds = 10;

    /// <summary>How many retries there may be for a hundred requests.</summary>
    public const int MostPercent = 20;

    /// <summary>How many retries there may be in the window however few requests came.</summary>
    public const int LeastInWindow = 10;

    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly Lock _lock = new();
    private readonly long[] _seconds = new long[WindowSeconds];
    private readonly int[] _requests = new int[WindowSeconds];
    private readonly int[] _retries = new int[WindowSeconds];
    private long _made;
    private long _refused;
    private long _toldInSecond = long.MinValue;

    public string Service => service;

    /// <summary>Retries that were made.</summary>
    public long Made => Volatile.Read(ref _made);

    /// <summary>Retries that were not made because the budget was used up.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Counts a request.</summary>
    /// <param name="now">Now, in nanoseconds.</param>
    public void Count(long now)
    {
        lock (_lock)
            _requests[SlotAt(now / NanosecondsPerSecond)]++;
    }

    /// <summary>Takes a retry from the budget; false when there is none left.</summary>
    /// <param name="now">Now, in nanoseconds.</param>
    /// <param name="isNews">Whether it is used up for the first time in the window: worth a line in the log.</param>
    public bool TryTake(long now, out bool isNews)
    {
        long second = now / NanosecondsPerSecond;
        isNews = false;
        lock (_lock)
        {
            int slot = SlotAt(second);
            (int requests, int retries) = Sum(second);
            if (retries < Math.Max(LeastInWindow, requests * (long)MostPercent / 100))
            {
                _retries[slot]++;
                _made++;
                return true;
            }

            _refused++;
            isNews = second - WindowSeconds >= _toldInSecond;
            if (isNews)
                _toldInSecond = second;
            return false;
        }
    }

    private (int Requests, int Retries) Sum(long second)
    {
        (int requests, int retries) = (0, 0);
        for (int i = 0; i < WindowSeconds; i++)
        {
            if (_seconds[i] <= second - WindowSeconds)
                continue;
            requests += _requests[i];
            retries += _retries[i];
        }

        return (requests, retries);
    }

    private int SlotAt(long second)
    {
        int slot = (int)(second % WindowSeconds);
        if (_seconds[slot] != second)
            (_seconds[slot], _requests[slot], _retries[slot]) = (second, 0, 0);
        return slot;
    }
}
