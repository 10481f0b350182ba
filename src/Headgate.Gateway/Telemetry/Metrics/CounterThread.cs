namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>
/// The threads that have counters to themselves, by number: what only one thread writes needs no interlocked addition, of which a request would take a dozen.
/// Every event loop claims a number for its thread as long as there are any; other threads share.
/// </summary>
internal static class CounterThread
{
    /// <summary>The most threads with counters of their own.</summary>
    public const int Most = 8;

    /// <summary>The number of a thread that has none.</summary>
    public const int None = -1;

    private static readonly Lock s_lock = new();
    private static readonly bool[] s_taken = new bool[Most];

    // One more than the number, so that a thread that never claimed has none.
    [ThreadStatic]
    private static int t_claimed;

    /// <summary>The number of this thread, below <see cref="Most"/>, or <see cref="None"/>.</summary>
    public static int Current => t_claimed - 1;

    /// <summary>Gives this thread a number if there is one left.</summary>
    public static void Claim()
    {
        lock (s_lock)
        {
            int free = Array.IndexOf(s_taken, false);
            if (free < 0 || t_claimed != 0)
                return;
            s_taken[free] = true;
            t_claimed = free + 1;
        }
    }

    /// <summary>Gives the number back; the last that the thread does. Its counts stay, and the next owner goes on from them.</summary>
    public static void Release()
    {
        lock (s_lock)
        {
            if (t_claimed != 0)
                s_taken[t_claimed - 1] = false;
            t_claimed = 0;
        }
    }
}
