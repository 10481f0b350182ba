using Headgate.Gateway.Background;
using Headgate.Storage;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Roles;

/// <summary>Keeps <see cref="KnownRoles"/> as the store has them: reads what changed, again and again, one reading after the other. Thread-safe.</summary>
internal sealed class RoleReader(Store store, KnownRoles known, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private bool _isFailing;

    /// <summary>Reads at intervals until cancelled. While the store cannot be read what is known stays in force, as old as it then is.</summary>
    public Task RunAsync(TimeSpan interval, CancellationToken cancellationToken) => Rounds.RunAsync(interval, time, atOnce: false, TryReadAsync, cancellationToken);

    /// <summary>Takes what changed in the store since it was read last.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            DateTimeOffset began = time.GetUtcNow();
            known.Take(await store.ReadAsync(session => RoleTable.ChangesAfterAsync(session, known.Current.Version), cancellationToken), began);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The same; where the store cannot be read the log says so, once until it can.</summary>
    public async Task TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(cancellationToken);
            if (Interlocked.Exchange(ref _isFailing, false))
                RoleLog.ReadAgain(logger);
        }
        catch (StoreException exception)
        {
            if (!Interlocked.Exchange(ref _isFailing, true))
                RoleLog.CannotRead(logger, exception.Message, known.ReadAt);
        }
    }

    public void Dispose() => _turn.Dispose();
}
