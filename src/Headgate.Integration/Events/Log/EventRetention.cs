using Headgate.Gateway.Background;
using Headgate.Integration.Events.Subscriptions;
using Headgate.Storage;
using Headgate.Storage.Leases;
using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Events.Log;

/// <summary>
/// Deletes events that are too old, and the oldest when all are too large, with the dead letters that speak of them. Of several instances one does it. What has not been
/// consumed is deleted all the same: consumers are told that they missed it.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="options">How long events are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it is told what was deleted.</param>
public sealed class EventRetention(Store store, EventRetentionOptions options, TimeProvider time, ILogger<EventRetention> logger)
{
    /// <summary>How often it is looked at.</summary>
    public static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    // So that no other command waits long for one that deletes.
    private const int MostAtOnce = 500;
    private const int MostHeaders = 1000;
    private const string LeaseName = "events/retention";

    private readonly LeaseTable _leases = new(store, time);
    private readonly string _owner = Guid.NewGuid().ToString("N");
    private long _measured;
    private long _bytes;
    private long _trimmed;

    /// <summary>Sweeps at intervals until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Rounds.RunAsync(SweepEvery, time, atOnce: true, TrySweepAsync, cancellationToken);

    /// <summary>Deletes what is over the bounds now.</summary>
    /// <returns>How many events; 0 when another instance is at it.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        if (await _leases.TryTakeAsync(LeaseName, _owner, SweepEvery, cancellationToken).ConfigureAwait(false) is not { } lease)
            return 0;
        int deleted = 0;
        try
        {
            await MeasureAsync(cancellationToken).ConfigureAwait(false);
            while (await ChooseAsync(cancellationToken).ConfigureAwait(false) is (> 0 and var through, var bytes))
            {
                deleted += await DeleteAsync(lease, through, cancellationToken).ConfigureAwait(false);
                _bytes -= bytes;
                lease = await _leases.RenewAsync(lease, SweepEvery, cancellationToken).ConfigureAwait(false) ?? throw new LeaseLostException(lease);
            }

            return deleted;
        }
        catch (LeaseLostException)
        {
            // Another instance goes on; what this one believes of the size is no longer so.
            (_measured, _bytes) = (0, 0);
            return deleted;
        }
        finally
        {
            await _leases.ReleaseAsync(lease, CancellationToken.None).ConfigureAwait(false);
            if (deleted > 0)
                EventsLog.Swept(logger, deleted);
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
            (_measured, _bytes) = (0, 0);
            EventsLog.SweepFailed(logger, exception.Message);
        }
    }

    // What came since the last time is added up, not the whole log again. Another instance may have deleted some of it: then all of it is.
    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        long trimmed = await store.ReadAsync(EventTable.TrimmedAsync, cancellationToken).ConfigureAwait(false);
        if (trimmed != _trimmed)
            (_measured, _bytes, _trimmed) = (trimmed, 0, trimmed);
        IReadOnlyList<EventHeader> headers;
        do
        {
            headers = await store.ReadAsync(session => EventTable.ListHeadersAsync(session, _measured, MostHeaders), cancellationToken).ConfigureAwait(false);
            foreach (EventHeader header in headers)
                (_measured, _bytes) = (header.Offset, _bytes + header.Bytes + EventRetentionOptions.EventBytes);
        }
        while (headers.Count == MostHeaders);
    }

    private async Task<(long Through, long Bytes)> ChooseAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset cutoff = time.GetUtcNow() - options.Keep;
        (long through, long bytes) = (0, 0);
        foreach (EventHeader header in await store.ReadAsync(session => EventTable.ListHeadersAsync(session, _trimmed, MostAtOnce), cancellationToken).ConfigureAwait(false))
        {
            if (header.AppendedAt > cutoff && _bytes - bytes <= options.MostBytes)
                break;
            (through, bytes) = (header.Offset, bytes + header.Bytes + EventRetentionOptions.EventBytes);
        }

        return (through, bytes);
    }

    private async Task<int> DeleteAsync(Lease lease, long through, CancellationToken cancellationToken)
    {
        (int deleted, int letters) = await store.WriteAsync(
            async session =>
            {
                await LeaseTable.EnsureHeldAsync(session, lease).ConfigureAwait(false);
                return (await EventTable.TrimAsync(session, store.Location.Engine, through).ConfigureAwait(false), await DeadLetterTable.TrimAsync(session, through).ConfigureAwait(false));
            },
            cancellationToken).ConfigureAwait(false);
        _trimmed = through;
        if (letters > 0)
            EventsLog.LettersSwept(logger, letters);
        return deleted;
    }
}
