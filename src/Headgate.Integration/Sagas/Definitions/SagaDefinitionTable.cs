using System.Collections.Concurrent;
using Headgate.Storage;

namespace Headgate.Integration.Sagas.Definitions;

/// <summary>The definitions that sagas under way need, in a store: each version once. Thread-safe.</summary>
/// <param name="store">The store, opened before its first use.</param>
/// <param name="time">The clock.</param>
internal sealed class SagaDefinitionTable(Store store, TimeProvider time)
{
    /// <summary>How long a definition is kept after it was used last, and as long as a saga under way has it.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    private static readonly TimeSpan s_notedEvery = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _noted = new(StringComparer.Ordinal);

    /// <summary>Sees to it that a definition is there before a saga begins with it: one statement an hour for each version.</summary>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public async ValueTask KeepAsync(SagaDefinition definition, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (_noted.TryGetValue(definition.Version, out DateTimeOffset noted) && now - noted < s_notedEvery)
            return;
        await store.WriteAsync(
            session => session.ExecuteAsync(
                """
                INSERT INTO headgate_saga_definitions (version, api, operation, config, used) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (version) DO UPDATE SET config = excluded.config, used = excluded.used
                """,
                definition.Version, definition.Api, definition.Operation, definition.Config, now),
            cancellationToken).ConfigureAwait(false);
        _noted[definition.Version] = now;
    }

    /// <summary>The definition of a version; null when nobody kept it.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public Task<SagaDefinition?> FindAsync(string version, CancellationToken cancellationToken) => store.ReadAsync(
        session => session.FindAsync(
            "SELECT api, operation, config FROM headgate_saga_definitions WHERE version = $1",
            row => new SagaDefinition(version, row.GetString(0), row.GetString(1), row.GetString(2)),
            version),
        cancellationToken);

    /// <summary>Forgets definitions that nobody needs any more.</summary>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset unusedSince = time.GetUtcNow() - KeptFor;
        await store.WriteAsync(
            session => session.ExecuteAsync(
                """
                DELETE FROM headgate_saga_definitions WHERE used <= $1 AND NOT EXISTS (
                    SELECT 1 FROM headgate_operations WHERE headgate_operations.version = headgate_saga_definitions.version AND (ended IS NULL OR attention IS NOT NULL))
                """,
                unusedSince),
            cancellationToken).ConfigureAwait(false);
        foreach ((string version, DateTimeOffset noted) in _noted)
        {
            if (noted <= unusedSince)
                _noted.TryRemove(new KeyValuePair<string, DateTimeOffset>(version, noted));
        }
    }
}
