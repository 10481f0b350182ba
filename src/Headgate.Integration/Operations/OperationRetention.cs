using Headgate.Gateway.Background;
using Headgate.Storage;
using Headgate.Storage.Leases;
using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Operations;

/// <summary>Deletes operations that ended long ago, and those that ended first when there are too many. Of several instances one does it. Their log goes with the events.</summary>
internal sealed class OperationRetention(Store store, OperationRetentionOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>How often it is looked at.</summary>
    public static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    // So that no other command waits long for one that deletes.
    private const int MostAtOnce = 500;
    private const string LeaseName = "operations/retention";
    private const string Kept = "ended IS NOT NULL AND attention IS NULL";

    private readonly LeaseTable _leases = new(store, time);
    private readonly string _owner = Guid.NewGuid().ToString("N");

    /// <summary>Sweeps at intervals until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Rounds.RunAsync(SweepEvery, time, atOnce: true, TrySweepAsync, cancellationToken);

    /// <summary>Deletes what is over the bounds now.</summary>
    /// <returns>How many operations; 0 when another instance is at it.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        if (await _leases.TryTakeAsync(LeaseName, _owner, SweepEvery, cancellationToken).ConfigureAwait(false) is not { } lease)
            return 0;
        try
        {
            int deleted = await DeleteAsync(time.GetUtcNow() - options.Keep, long.MaxValue, cancellationToken).ConfigureAwait(false);
            long left = await store.ReadAsync(session => session.FindAsync($"SELECT COUNT(*) FROM headgate_operations WHERE {Kept}", row => row.GetInt64(0)), cancellationToken).ConfigureAwait(false);
            deleted += await DeleteAsync(DateTimeOffset.MaxValue, left - options.Most, cancellationToken).ConfigureAwait(false);
            if (deleted > 0)
                OperationLog.Swept(logger, deleted);
            return deleted;
        }
        finally
        {
            await _leases.ReleaseAsync(lease, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task TrySweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SweepAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException exception)
        {
            OperationLog.SweepFailed(logger, exception.Message);
        }
    }

    // Twice the same by two instances is no harm: each command deletes what is there.
    private async Task<int> DeleteAsync(DateTimeOffset endedBefore, long most, CancellationToken cancellationToken)
    {
        int deleted = 0;
        while (deleted < most)
        {
            int wanted = (int)Math.Min(MostAtOnce, most - deleted);
            int gone = await store.WriteAsync(
                session => session.ExecuteAsync(
                    $"DELETE FROM headgate_operations WHERE id IN (SELECT id FROM headgate_operations WHERE {Kept} AND ended <= $1 ORDER BY ended LIMIT $2)", endedBefore, wanted),
                cancellationToken).ConfigureAwait(false);
            deleted += gone;
            if (gone < wanted)
                break;
        }

        return deleted;
    }
}
