namespace Headgate.Storage.PostgreSql;

/// <summary>Lets in as much work as there are connections, lets so much wait for so long, and refuses the rest. Thread-safe.</summary>
internal sealed class ConnectionGate(StoreLocation location, StoreOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim _free = new(options.Connections);
    private int _waiting;
    private volatile bool _closed;

    /// <summary>Comes in.</summary>
    /// <exception cref="StoreException">Too many wait, or this one waited too long.</exception>
    public async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_closed, typeof(Store));
        if (_free.Wait(0, CancellationToken.None))
            return;
        try
        {
            if (Interlocked.Increment(ref _waiting) > options.MaxWaiting)
                throw new StoreException(StoreProblems.Overloaded(location, options));
            await WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Goes out.</summary>
    public void Leave() => _free.Release();

    /// <summary>Lets nobody in any more and waits until everybody is out.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        for (int i = 0; i < options.Connections; i++)
            await _free.WaitAsync().ConfigureAwait(false);
        _free.Dispose();
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.WaitTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _free.WaitAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StoreException(StoreProblems.WaitedTooLong(location, options));
        }
    }
}
