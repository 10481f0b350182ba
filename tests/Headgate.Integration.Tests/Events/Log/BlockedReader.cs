using Headgate.Storage;

namespace Headgate.Integration.Tests.Events.Log;

/// <summary>A query that keeps a store with one reader from the next query until the test lets it end.</summary>
internal sealed class BlockedReader : IDisposable
{
    private readonly ManualResetEventSlim _end = new();
    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _query;

    public BlockedReader(Store store) => _query = store.ReadAsync(
        _ =>
        {
            _began.TrySetResult();
            _end.Wait();
            return new ValueTask<int>(0);
        },
        CancellationToken.None);

    public Task Began => _began.Task;

    public void End() => _end.Set();

    public void Dispose()
    {
        _end.Set();
        _query.Wait();
        _end.Dispose();
    }
}
