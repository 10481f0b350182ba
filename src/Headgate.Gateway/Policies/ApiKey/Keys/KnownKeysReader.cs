using Headgate.Gateway.Background;
using Headgate.Storage;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Policies.ApiKey.Keys;

/// <summary>
/// Keeps <see cref="KnownKeys"/> as the store has them: reads what changed since it was read last, again and again. Changes of this process take turns with the reading, so that none
/// of them is undone by what was read before it. Thread-safe.
/// </summary>
internal sealed class KnownKeysReader(ApiKeyTable table, KnownKeys known, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private long _version;
    private bool _isFailing;

    /// <summary>Reads at intervals until cancelled. While the store cannot be read what is known stays, as old as it then is.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Rounds.RunAsync(ApiKeyDirectory.ReadEvery, time, atOnce: false, TryReadAsync, cancellationToken);

    /// <summary>Takes what changed in the store since it was read last.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            DateTimeOffset began = time.GetUtcNow();
            await ReadPagesAsync(began, cancellationToken);
            known.ReadAt = began;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Changes a key in the store and then here.</summary>
    /// <returns>The key as it stands now; null when nothing was changed.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public async Task<StoredApiKey?> ChangeAsync(Func<Task<StoredApiKey?>> change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            StoredApiKey? changed = await change();
            if (changed is not null)
                known.Take(changed, time.GetUtcNow());
            return changed;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(cancellationToken);
            if (_isFailing)
                KeyStoreLog.ReadAgain(logger);
            _isFailing = false;
        }
        catch (StoreException exception)
        {
            // Once for each time that it fails: the store itself tells how it goes on.
            if (!_isFailing)
                KeyStoreLog.CannotRead(logger, exception.Message, known.ReadAt);
            _isFailing = true;
        }
    }

    private async Task ReadPagesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        HashSet<string>? onlyThese = null;
        bool isMore = true;
        while (isMore)
        {
            (long last, IReadOnlyList<StoredApiKey> changed) = await table.ChangesAfterAsync(_version, cancellationToken);
            if (last < _version)
            {
                // An older copy of the store has taken its place: it is read from its beginning, and what it does not have is forgotten.
                (_version, onlyThese) = (0, new HashSet<string>(StringComparer.Ordinal));
                continue;
            }

            foreach (StoredApiKey stored in changed)
            {
                known.Take(stored, now);
                onlyThese?.Add(stored.Key.Id);
            }

            isMore = changed.Count == ApiKeyTable.MostAtOnce;
            _version = isMore ? changed[^1].Version : last;
        }

        if (onlyThese is not null)
            known.KeepOnly(onlyThese);
    }
}
