using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Headgate.Storage;

/// <summary>
/// Looks after a store while nobody uses it: reads a healthy one now and then, tries to write to an unhealthy one until it can, and gives up work that has
/// waited too long.
/// </summary>
internal sealed class StoreWatch(Store store, StoreCondition condition, StoreOptions options, TimeProvider time)
{
    // So much must fit on the disk before a full one counts as mended.
    private const int ProbeBytes = 64 * 1024;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.RecoveryInterval, time);
        long lastProbe = time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                lastProbe = await TryLookAsync(lastProbe, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The store is being closed.
        }
    }

    // A fault of the program must not end the watch unnoticed: it is told, and the next look finds out whether the store can be used.
    [SuppressMessage("Design", "CA1031", Justification = "Whatever it is, it is told, and the watch goes on.")]
    private async Task<long> TryLookAsync(long lastProbe, CancellationToken cancellationToken)
    {
        try
        {
            store.ExpireWaiting();
            bool due = time.GetElapsedTime(lastProbe) >= options.ProbeInterval;
            if (condition.Current.IsHealthy && !due)
                return lastProbe;
            lastProbe = time.GetTimestamp();
            await ProbeAsync(condition.Current.IsHealthy, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            StoreLog.WatchFailed(condition.Logger, store.Location.ToString(), exception);
            condition.BecomeUnhealthy(StoreProblems.Unwatched(store.Location));
        }

        return lastProbe;
    }

    private async Task ProbeAsync(bool healthy, CancellationToken cancellationToken)
    {
        try
        {
            if (healthy)
            {
                await store.ReadAsync(session => session.FindAsync("SELECT COUNT(*) FROM headgate_probe", row => row.GetInt64(0)), cancellationToken);
                return;
            }

            // Two commits: what is written and removed in one never reaches the disk. Bytes that do not compress.
            byte[] filler = RandomNumberGenerator.GetBytes(ProbeBytes);
            long id = Random.Shared.NextInt64();
            await store.WriteAsync(session => session.ExecuteAsync("INSERT INTO headgate_probe (id, filler) VALUES ($1, $2)", id, filler), cancellationToken);
            await store.WriteAsync(session => session.ExecuteAsync("DELETE FROM headgate_probe WHERE id = $1", id), cancellationToken);
            condition.BecomeHealthy();
        }
        catch (StoreException exception)
        {
            // A probe that waits in vain is a reason; much to do is none.
            if (exception.Problem.Kind is not (StoreErrorKind.Contended or StoreErrorKind.Overloaded))
                condition.BecomeUnhealthy(exception.Problem);
        }
    }
}
