using Commerce.Shared.Data;

namespace Commerce.Shared.Idempotency;

/// <summary>Forgets keys with which nobody comes again.</summary>
internal sealed class KeySweep(Database database, TimeProvider clock)
{
    /// <summary>
    /// How long a key is known after it came. Whoever may still come with it has to come sooner: the gateway repeats a saga's calls for <c>repeatFor</c>,
    /// which is a week beyond the saga's timeout unless the document says otherwise. Later it asks a person.
    /// </summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly TimeSpan s_every = TimeSpan.FromHours(1);

    /// <summary>Sweeps at once and every hour.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(s_every, clock);
        do
            await SweepAsync(stopping);
        while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <summary>Forgets what is over now.</summary>
    /// <returns>How many keys are forgotten.</returns>
    public Task<int> SweepAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(connection => IdempotencyTable.Forget(connection, clock.GetUtcNow() - Kept), cancellationToken);
}
