namespace Headgate.Storage.Sqlite;

/// <summary>Work with a result.</summary>
internal sealed class SqliteWork<T>(Func<StoreSession, ValueTask<T>> body, long queuedAt, CancellationToken cancellationToken) : StoreWork(queuedAt, cancellationToken)
{
    // The caller goes on elsewhere: this thread has the next to do.
    private readonly TaskCompletionSource<T> _caller = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _failure;
    private IReadOnlyList<Action>? _afterCommit;

    public Task<T> Task => _caller.Task;

    public override bool Run(StoreSession session)
    {
        (_result, _failure) = (default, null);
        session.Begin();
        try
        {
            _result = SqliteSession.ResultOf(body(session));
        }
        catch (Exception exception)
        {
            _failure = exception;
        }

        session.End();
        _afterCommit = session.AfterCommits;
        _failure = session.Verdict(_failure);
        return _failure is null;
    }

    protected override void Tell()
    {
        if (_failure is not null)
        {
            Tell(_failure);
            return;
        }

        foreach (Action action in _afterCommit ?? [])
            action();
        _caller.TrySetResult(_result!);
    }

    protected override void Tell(Exception failure)
    {
        if (failure is OperationCanceledException cancelled)
            _caller.TrySetCanceled(cancelled.CancellationToken);
        else
            _caller.TrySetException(failure);
    }
}
