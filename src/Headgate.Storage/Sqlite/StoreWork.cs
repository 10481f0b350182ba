namespace Headgate.Storage.Sqlite;

/// <summary>A command or query that waits for a thread of the store, and its caller, who waits for it. Begins at most once from outside, ends exactly once.</summary>
internal abstract class StoreWork
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Ended = 2;

    private readonly CancellationTokenRegistration _cancellation;
    private int _state;

    protected StoreWork(long queuedAt, CancellationToken cancellationToken)
    {
        QueuedAt = queuedAt;
        _cancellation = cancellationToken.UnsafeRegister(static (work, token) => ((StoreWork)work!).GiveUp(new OperationCanceledException(token)), this);
    }

    /// <summary>The timestamp at which it began to wait.</summary>
    public long QueuedAt { get; }

    /// <summary>Takes it from the queue. False when its caller has been told already that it was given up.</summary>
    public bool TryBegin() => Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting;

    /// <summary>Ends it unless it has begun.</summary>
    public void GiveUp(Exception reason)
    {
        if (Interlocked.CompareExchange(ref _state, Ended, Waiting) == Waiting)
            Fail(reason);
    }

    /// <summary>Runs its body and keeps the outcome, for the case that the transaction is committed. May be called again.</summary>
    /// <returns>Whether it went well.</returns>
    public abstract bool Run(StoreSession session);

    /// <summary>Tells the caller the outcome that was kept.</summary>
    public void Settle()
    {
        _cancellation.Unregister();
        Tell();
    }

    /// <summary>Tells the caller that the store failed, whatever the body did.</summary>
    public void Fail(Exception reason)
    {
        _cancellation.Unregister();
        Tell(reason);
    }

    protected abstract void Tell();

    protected abstract void Tell(Exception failure);
}
