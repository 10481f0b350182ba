namespace Headgate.Gateway.Sockets;

/// <summary>
/// What is known of one direction of a socket between the loop, which learns of each change once (edge-triggered), and the one user who
/// waits for it: nothing, ready, or somebody waits. No change is lost whichever comes first. Mutable; thread-safe.
/// </summary>
internal struct ReadinessLatch
{
    private const int Nothing = 0;
    private const int Ready = 1;
    private const int Waiting = 2;

    private int _state;

    /// <summary>Forgets what was known; to be called before the system call, so that a change that comes during it is news.</summary>
    public void Clear()
    {
        if (Volatile.Read(ref _state) == Ready)
            Interlocked.CompareExchange(ref _state, Nothing, Ready);
    }

    /// <summary>Notes that the direction may be ready.</summary>
    /// <returns>Whether somebody waits, who must be called now.</returns>
    public bool Signal()
    {
        while (true)
        {
            int state = Volatile.Read(ref _state);
            if (state == Ready)
                return false;
            int next = state == Waiting ? Nothing : Ready;
            if (Interlocked.CompareExchange(ref _state, next, state) == state)
                return state == Waiting;
        }
    }

    /// <summary>Begins to wait.</summary>
    /// <returns>True when there is nothing to wait for: the direction may be ready already. False when the call will come, for this wait or one begun before.</returns>
    public bool IsReadyOrWait()
    {
        if (Interlocked.CompareExchange(ref _state, Waiting, Nothing) != Ready)
            return false;
        Clear();
        return true;
    }

    /// <summary>Takes the wait back.</summary>
    /// <returns>False when the call is on its way.</returns>
    public bool TryStopWaiting() => Interlocked.CompareExchange(ref _state, Nothing, Waiting) == Waiting;
}
