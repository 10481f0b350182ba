using Headgate.Gateway.Background;
using Headgate.Storage;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Policies.ApiKey.Keys;

/// <summary>
/// Writes down when keys were used last, some time after, many at once and a bounded number each time; and deletes keys that ended long ago. No request waits for it, and a failing
/// store loses nothing but the latest of these times. Thread-safe.
/// </summary>
internal sealed class ApiKeyUses(ApiKeyTable table, KnownKeys known, TimeProvider time, ILogger logger)
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan WriteEvery = TimeSpan.FromMinutes(1);

    /// <summary>The most keys whose use is written each time; the rest has its turn the next time.</summary>
    public const int Most = 10_000;

    /// <summary>How many days a key that ended is kept.</summary>
    public const int EndedKeptForDays = 90;

    private const int MostTogether = 500;

    private static readonly TimeSpan s_patienceAtTheEnd = TimeSpan.FromSeconds(2);

    /// <summary>Writes at intervals until cancelled, and then once more.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Rounds.RunAsync(WriteEvery, time, atOnce: false, TryWriteAsync, cancellationToken);
        await WriteLastAsync();
    }

    /// <summary>Writes what is not written yet.</summary>
    /// <exception cref="StoreException">The store could not.</exception>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        var used = new List<(KnownKey Key, DateTimeOffset At)>();
        foreach (KnownKey key in known.All)
        {
            if (key.HasExpired(now.ToUnixTimeMilliseconds()))
                known.Forget(key.Id);
            if (used.Count < Most && key.UnwrittenUse is { } use)
                used.Add((key, use));
        }

        // In one order everywhere, so that instances do not wait for each other in a circle.
        used.Sort((one, other) => string.CompareOrdinal(one.Key.Id, other.Key.Id));
        foreach ((KnownKey Key, DateTimeOffset At)[] together in used.Chunk(MostTogether))
        {
            await table.NoteUsesAsync([.. together.Select(use => (use.Key.Id, use.At))], cancellationToken);
            foreach ((KnownKey key, DateTimeOffset at) in together)
                key.Written(at);
        }

        await table.DeleteEndedAsync(now.AddDays(-EndedKeptForDays), cancellationToken);
    }

    /// <summary>A key with the use that is not written down yet.</summary>
    public ApiKeyRecord Complete(ApiKeyRecord key) => known.Find(key.Id)?.UnwrittenUse is { } use && !(key.LastUsedAt >= use) ? key with { LastUsedAt = use } : key;

    private async Task TryWriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(cancellationToken);
        }
        catch (StoreException exception)
        {
            KeyStoreLog.UsesNotWritten(logger, exception.Message);
        }
    }

    private async Task WriteLastAsync()
    {
        using var patience = new CancellationTokenSource(s_patienceAtTheEnd, time);
        try
        {
            await TryWriteAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            KeyStoreLog.UsesNotWritten(logger, $"the store did not come to it within {s_patienceAtTheEnd.TotalSeconds} s.");
        }
    }
}
