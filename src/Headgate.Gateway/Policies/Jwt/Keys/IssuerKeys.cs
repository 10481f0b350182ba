using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>
/// The keys of one issuer over time: read anew at intervals, asked for once more when a token names an unknown one, used for a while when the source is down. Thread-safe.
/// </summary>
/// <param name="origin">Where they come from.</param>
/// <param name="fetch">Reads them from there, or throws a <see cref="KeySourceException"/>.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where changes and failures are told.</param>
internal sealed class IssuerKeys(KeyOrigin origin, Func<KeyOrigin, Task<FetchedKeys>> fetch, TimeProvider time, ILogger logger)
{
    /// <summary>The least time between two readings for the sake of unknown keys.</summary>
    public static readonly TimeSpan LeastBetweenRefetches = TimeSpan.FromSeconds(10);

    /// <summary>The least time between two readings while there are no keys at all.</summary>
    public static readonly TimeSpan LeastBetweenAttempts = TimeSpan.FromSeconds(1);

    /// <summary>The longest between two readings while the source is down.</summary>
    public static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly UnknownKeyIds _unknown = new();
    private KeySnapshot? _snapshot;
    private Task? _reading;
    private DateTimeOffset _attemptedAt = DateTimeOffset.MinValue;
    private int _failures;

    /// <summary>Where they come from.</summary>
    public KeyOrigin Origin => origin;

    /// <summary>The keys; null when there are none, or none that may still be used.</summary>
    public KeySnapshot? Usable(DateTimeOffset now) => Volatile.Read(ref _snapshot) is { } snapshot && now - snapshot.ReadAt <= origin.StaleFor ? snapshot : null;

    /// <summary>Reads a file's keys on this thread, for a document that is being loaded.</summary>
    /// <returns>Null, or why there are none.</returns>
    public string? ReadNow()
    {
        try
        {
            Take(KeyFetcher.ReadFile(origin.Place));
            return null;
        }
        catch (KeySourceException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Reads the keys when there are none to use, and they were not asked for a moment ago.</summary>
    public Task EnsureAsync() => Begin(LeastBetweenAttempts) ?? Task.CompletedTask;

    /// <summary>Asks the source once more because a token names a key that is not known. Many callers wait for one reading; too early, or for an id that was asked for already, nothing is read.</summary>
    /// <returns>Whether the key is known now.</returns>
    public async Task<bool> FindAsync(string keyId)
    {
        Task? reading;
        lock (_lock)
        {
            if (_unknown.Contains(keyId, time.GetUtcNow()))
                return false;
            reading = Begin(LeastBetweenRefetches);
        }

        if (reading is null)
            return Volatile.Read(ref _snapshot)?.Keys.Has(keyId) ?? false;
        await reading.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        bool found = Volatile.Read(ref _snapshot)?.Keys.Has(keyId) ?? false;
        lock (_lock)
        {
            if (!found && _failures == 0)
                _unknown.Add(keyId, time.GetUtcNow());
        }

        return found;
    }

    /// <summary>Begins to read when it is time to.</summary>
    public Task? RefreshWhenDue() => Begin(_failures == 0 ? origin.Refresh : Backoff());

    /// <summary>Reads the keys after what was changed at their source a moment ago; a reading that has begun before does not count.</summary>
    public async Task ReadAnewAsync()
    {
        Task? begun;
        lock (_lock)
            begun = _reading;
        await (begun ?? Task.CompletedTask);
        await (Begin(TimeSpan.Zero) ?? Task.CompletedTask);
    }

    // One reading at a time: who comes while it lasts waits for the same.
    private Task? Begin(TimeSpan leastBetween)
    {
        lock (_lock)
        {
            if (_reading is { IsCompleted: false })
                return _reading;
            DateTimeOffset now = time.GetUtcNow();
            if (now - _attemptedAt < leastBetween)
                return null;
            _attemptedAt = now;
            return _reading = Task.Run(ReadAsync);
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            Take(await fetch(origin));
        }
        catch (KeySourceException exception)
        {
            Fail(exception.Message);
        }
    }

    private TimeSpan Backoff()
    {
        TimeSpan wait = TimeSpan.FromSeconds(1 << Math.Min(_failures, 6));
        return wait < LongestBackoff ? wait : LongestBackoff;
    }

    private void Take(FetchedKeys fetched)
    {
        KeySnapshot? before = Volatile.Read(ref _snapshot);
        bool isSame = before is not null && before.Fetched.Issuer == fetched.Issuer && before.Fetched.Json.AsSpan().SequenceEqual(fetched.Json);
        KeySet keys = isSame ? before!.Keys : Make(fetched, before?.Keys);
        lock (_lock)
        {
            _failures = 0;
            _attemptedAt = time.GetUtcNow();
            if (!ReferenceEquals(keys, before?.Keys))
                _unknown.Clear();
            Volatile.Write(ref _snapshot, new KeySnapshot(keys, fetched, _attemptedAt));
        }
    }

    private KeySet Make(FetchedKeys fetched, KeySet? before)
    {
        var reader = new KeySetReader(origin.Kind == KeyOriginKind.File ? KeyUse.SecretsToo : KeyUse.PublicOnly);
        KeySet keys;
        try
        {
            keys = reader.Read(fetched.Json);
        }
        catch (JsonException exception)
        {
            throw new KeySourceException($"{origin.Place} is not a set of keys.", exception);
        }

        if (keys.Keys.Count == 0)
            throw new KeySourceException($"{origin.Place} has no key that can be used{(reader.LeftOut.Count == 0 ? "" : $" ({string.Join("; ", reader.LeftOut)})")}.");
        if (before is not null && keys.IsSameAs(before))
            return before;
        KeyLog.Changed(logger, origin.Place, keys.Keys.Count, string.Join(", ", keys.Keys.Select(key => key.KeyId ?? "without id")));
        if (reader.LeftOut.Count > 0)
            KeyLog.LeftOut(logger, origin.Place, string.Join("; ", reader.LeftOut));
        return keys;
    }

    private void Fail(string reason)
    {
        lock (_lock)
            _failures++;
        if (Usable(time.GetUtcNow()) is { } snapshot)
            KeyLog.Stale(logger, origin.Place, reason, snapshot.ReadAt, snapshot.ReadAt + origin.StaleFor);
        else
            KeyLog.Missing(logger, origin.Place, reason);
    }
}
