namespace Headgate.Storage.Tests.Support;

/// <summary>A command that keeps a store from the next one until the test lets it end.</summary>
internal sealed class Blocked : IDisposable
{
    private readonly ManualResetEventSlim _end = new();
    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _command;

    public Blocked(Store store)
    {
        _command = Task.Run(() => store.WriteAsync(
            _ =>
            {
                _began.TrySetResult();
                _end.Wait();
                return new ValueTask<int>(0);
            },
            CancellationToken.None));
    }

    public Task Began => _began.Task;

    public Task EndAsync()
    {
        _end.Set();
        return _command;
    }

    public void Dispose()
    {
        _end.Set();
        _command.Wait();
        _end.Dispose();
    }
}
