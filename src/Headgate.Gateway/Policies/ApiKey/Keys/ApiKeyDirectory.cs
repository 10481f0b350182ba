using Headgate.Gateway.Background;
using Headgate.Storage;
using Headgate.Storage.Migrations;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Policies.ApiKey.Keys;

/// <summary>
/// The API keys of a store: made, rotated and revoked here, and read again and again, so that what another process did is soon known to this one. Lives longer than a plan.
/// Thread-safe.
/// </summary>
public sealed class ApiKeyDirectory : IDisposable
{
    /// <summary>How often the store is asked for what other processes changed.</summary>
    public static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(1);

    private readonly ApiKeyTable _table;
    private readonly KnownKeysReader _reader;
    private readonly ApiKeyUses _uses;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <param name="store">The store, opened before the keys are read.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where changes and failures are told.</param>
    public ApiKeyDirectory(Store store, TimeProvider time, ILogger<ApiKeyDirectory> logger)
    {
        (_time, _logger) = (time, logger);
        _table = new ApiKeyTable(store, time);
        _reader = new KnownKeysReader(_table, Known, time, logger);
        _uses = new ApiKeyUses(_table, Known, time, logger);
    }

    /// <summary>The tables of API keys.</summary>
    public static MigrationSet Migrations => ApiKeyTable.Migrations;

    /// <summary>What requests are checked against.</summary>
    public KnownKeys Known { get; } = new();

    /// <summary>Reads what changed in the store since it was read last: everything, the first time.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public Task ReadAsync(CancellationToken cancellationToken) => _reader.ReadAsync(cancellationToken);

    /// <summary>Begins to follow what changes in the store, and to write down which keys are used.</summary>
    public void Begin(BackgroundWork background)
    {
        ArgumentNullException.ThrowIfNull(background);
        background.Begin("API keys", _reader.RunAsync);
        background.Begin("API keys: their use", _uses.RunAsync);
    }

    /// <summary>Makes a key. It holds at once in this process.</summary>
    /// <returns>The key with its secret; null when there are as many as there may be.</returns>
    /// <exception cref="StoreException">The store could not keep it.</exception>
    public async Task<IssuedApiKey?> CreateAsync(ApiKeyDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (Known.Count >= KnownKeys.Most)
            return null;
        string id = ApiKeyText.NewId();
        string text = ApiKeyText.New(id);
        StoredApiKey? stored = await _reader.ChangeAsync(() => _table.AddAsync(id, draft, ApiKeyDigest.Of(text), cancellationToken), cancellationToken);
        ApiKeyLog.Created(_logger, id, draft.Name);
        return new IssuedApiKey(stored!.Key, text);
    }

    /// <summary>Gives a key another secret. The present one is accepted for some time more; one that was before it no longer.</summary>
    /// <returns>The key with its new secret; null when there is no such key, or it has ended.</returns>
    /// <exception cref="StoreException">The store could not keep it.</exception>
    public async Task<IssuedApiKey?> RotateAsync(string id, TimeSpan overlap, CancellationToken cancellationToken)
    {
        if (!ApiKeyText.IsId(id))
            return null;
        string text = ApiKeyText.New(id);
        StoredApiKey? stored = await _reader.ChangeAsync(() => _table.RotateAsync(id, ApiKeyDigest.Of(text), _time.GetUtcNow() + overlap, cancellationToken), cancellationToken);
        if (stored is null)
            return null;
        ApiKeyLog.Rotated(_logger, id, stored.Key.Name, stored.Key.PreviousUntil!.Value);
        return new IssuedApiKey(stored.Key, text);
    }

    /// <summary>Takes a key back. When this returns it no longer holds in this process; in others it ends when they next read.</summary>
    /// <returns>The key; null when there is no such key, or it was taken back before.</returns>
    /// <exception cref="StoreException">The store could not keep it.</exception>
    public async Task<ApiKeyRecord?> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        if (!ApiKeyText.IsId(id))
            return null;
        StoredApiKey? stored = await _reader.ChangeAsync(() => _table.RevokeAsync(id, cancellationToken), cancellationToken);
        if (stored is not null)
            ApiKeyLog.Revoked(_logger, id, stored.Key.Name);
        return stored?.Key;
    }

    /// <summary>A key, whether it holds or not; null when there is none of that id.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public async Task<ApiKeyRecord?> FindAsync(string id, CancellationToken cancellationToken) =>
        ApiKeyText.IsId(id) && await _table.FindAsync(id, cancellationToken) is { } stored ? _uses.Complete(stored.Key) : null;

    /// <summary>Keys in the order in which they were made.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public async Task<IReadOnlyList<ApiKeyRecord>> ListAsync(ApiKeyQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return !query.IsPossible ? [] : [.. (await _table.ListAsync(query, cancellationToken)).Select(stored => _uses.Complete(stored.Key))];
    }

    /// <summary>Lets go of what it holds, but for the store.</summary>
    public void Dispose() => _reader.Dispose();

    /// <summary>Writes down what the work in the background would at its next interval.</summary>
    internal Task WriteUsesAsync(CancellationToken cancellationToken) => _uses.WriteAsync(cancellationToken);
}
