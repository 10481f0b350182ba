namespace Headgate.Storage.PostgreSql;

/// <summary>A script that waits to be committed, and its caller, who waits for it. Begins at most once, ends exactly once. Thread-safe.</summary>
internal sealed class ScriptWork
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Ended = 2;

    // The caller goes on elsewhere: who commits has the next to commit.
    private readonly TaskCompletionSource<bool> _caller = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenRegistration _cancellation;
    private int _state;

    public ScriptWork(StoreScript script, long queuedAt, CancellationToken cancellationToken)
    {
        (Script, QueuedAt) = (script, queuedAt);
        _cancellation = cancellationToken.UnsafeRegister(static (work, token) => ((ScriptWork)work!).GiveUp(new OperationCanceledException(token)), this);
    }

    /// <summary>What is to be done.</summary>
    public StoreScript Script { get; }

    /// <summary>The timestamp at which it began to wait.</summary>
    public long QueuedAt { get; }

    /// <summary>Whether it was kept.</summary>
    public Task<bool> Task => _caller.Task;

    /// <summary>Takes it from the queue. False when its caller has been told already that it was given up.</summary>
    public bool TryBegin() => Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting;

    /// <summary>Ends it unless it has begun.</summary>
    public void GiveUp(Exception reason)
    {
        if (Interlocked.CompareExchange(ref _state, Ended, Waiting) == Waiting)
            Fail(reason);
    }

    /// <summary>Tells the caller what came of it.</summary>
    public void Settle(bool isKept)
    {
        _cancellation.Unregister();
        if (isKept)
            Script.AfterCommit?.Invoke();
        _caller.TrySetResult(isKept);
    }

    /// <summary>Tells the caller why nothing came of it, or that nobody knows.</summary>
    public void Fail(Exception reason)
    {
        _cancellation.Unregister();
        if (reason is OperationCanceledException cancelled)
            _caller.TrySetCanceled(cancelled.CancellationToken);
        else
            _caller.TrySetException(reason);
    }
}
