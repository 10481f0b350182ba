namespace Headgate.Storage.Sqlite;

/// <summary>Work with a result.</summary>
internal sealed class SqliteWork<T>(Func<StoreSession, ValueTask<T>> body, long queuedAt, CancellationToken cancellationToken) : StoreWork(queuedAt, cancellationToken)
{
    // The caller goes on elsewhere: this thread has the next to do.
    private readonly TaskCompletionSource<T> _caller = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _failure;

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
        _failure = session.Verdict(_failure);
        return _failure is null;
    }

    protected override void Tell()
    {
        if (_failure is null)
            _caller.TrySetResult(_result!);
        else
            Tell(_failure);
    }

    protected override void Tell(Exception failure)
    {
        if (failure is OperationCanceledException cancelled)
            _caller.TrySetCanceled(cancelled.CancellationToken);
        else
            _caller.TrySetException(failure);
    }
}
