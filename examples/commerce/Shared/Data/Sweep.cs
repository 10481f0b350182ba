using Microsoft.Data.Sqlite;

namespace Commerce.Shared.Data;

/// <summary>
/// Forgets what nobody comes for any more, a portion at a time: the service has one writer, and its requests have their turn in between.
/// </summary>
/// <param name="database">Whose rows they are.</param>
/// <param name="kept">How long they are kept.</param>
/// <param name="forget">Forgets rows from before a time, about so many at most, and says how many: fewer than that when none is left.</param>
/// <param name="clock">The clock.</param>
internal sealed class Sweep(Database database, TimeSpan kept, Func<SqliteConnection, DateTimeOffset, int, int> forget, TimeProvider clock)
{
    /// <summary>How many rows one transaction forgets.</summary>
    public const int Portion = 500;

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
    /// <returns>How many rows are forgotten.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - kept;
        for (var all = 0; ;)
        {
            var some = await database.WriteAsync(connection => forget(connection, before, Portion), cancellationToken);
            all += some;
            if (some < Portion)
                return all;
        }
    }
}
