using Headgate.Integration.Events.Log;
using Headgate.Storage;
using Headgate.Storage.Leases;
using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Events.Subscriptions;

/// <summary>
/// Has one partition of a subscription consumed, while this process holds its lease. What is written is written under the lease: who lost it changes nothing any more, and what was
/// taken since the last word to the store is taken again by the next.
/// </summary>
internal sealed class PartitionWorker(EventSubscription subscription, int part, EventLog log, PartitionStore partition, PartitionShare share, TimeProvider time, ILogger logger)
{
    /// <summary>How often a partition that another instance has is asked for, and a dead letter looked for that is to be tried again.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    // How many events are taken again at most, when the process dies in between.
    private const int PageSize = 100;

    private readonly EventFilter _filter = subscription.Filter.Of(part, subscription.Partitions);
    private readonly ConsumerCall _call = new(subscription, time, logger);
    private readonly LetterRetry _letters = new(subscription.Name, log, partition, logger);
    private PartitionProgress _progress = new(0);
    private long _taken;
    private bool _isGivenBack;
    private bool _inTrouble;
    private bool _isSortedOtherwise;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (share.TryTake())
                    await ConsumeInShareAsync(cancellationToken).ConfigureAwait(false);
                await PauseAsync(LookEvery, cancellationToken).ConfigureAwait(false);
            }
            catch (LeaseLostException)
            {
                SubscriptionLog.LeaseLost(logger, subscription.Name, part);
            }
            catch (StoreException exception)
            {
                if (!_inTrouble)
                    SubscriptionLog.StoreTrouble(logger, subscription.Name, part, exception.Message);
                _inTrouble = true;
                await PauseAsync(LookEvery, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The process stops.
            }
        }
    }

    private async Task ConsumeInShareAsync(CancellationToken cancellationToken)
    {
        _isGivenBack = false;
        try
        {
            if (await partition.TryTakeAsync(cancellationToken).ConfigureAwait(false))
                await ConsumeAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!_isGivenBack)
                share.Lose();
        }
    }

    private async Task ConsumeAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await partition.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } progress)
            {
                await LeaveAsync().ConfigureAwait(false);
                return;
            }

            (_progress, _taken, _isSortedOtherwise) = (progress, progress.Position, false);
            while (true)
            {
                // Between two batches all that was taken is written down: the next goes on where this one was.
                if (_isGivenBack = share.TryGiveBack())
                {
                    await partition.ReleaseAsync().ConfigureAwait(false);
                    return;
                }

                await partition.KeepAsync(cancellationToken).ConfigureAwait(false);
                if (await _letters.TryAsync(_call, cancellationToken).ConfigureAwait(false))
                    continue;
                if (_progress.RetryAt is { } retryAt && retryAt - time.GetUtcNow() is { Ticks: > 0 } left)
                    await Task.Delay(left < LookEvery ? left : LookEvery, time, cancellationToken).ConfigureAwait(false);
                else
                    await StepAsync(cancellationToken).ConfigureAwait(false);
                _inTrouble = false;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // So that the next takes nothing twice, and need not wait for the lease to end.
            if (_taken > _progress.Position)
                await SaveAsync(new PartitionProgress(_taken), CancellationToken.None).ConfigureAwait(false);
            await partition.ReleaseAsync().ConfigureAwait(false);
        }
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        EventPage page = await log.ReadAsync(_progress.Position, _filter, PageSize, cancellationToken).ConfigureAwait(false);
        if (!page.Recovered)
            await PassOverAsync(page, cancellationToken).ConfigureAwait(false);
        if (!await TakeAsync(page, cancellationToken).ConfigureAwait(false))
            return;
        if (_progress != new PartitionProgress(page.Next))
            await SaveAsync(new PartitionProgress(page.Next), cancellationToken).ConfigureAwait(false);
        if (page is { Events.Count: 0, IsAtEnd: true })
            await log.WaitUncountedAsync(page.Next, _filter, LookEvery, cancellationToken).ConfigureAwait(false);
    }

    // Another instance, of a version to come or of one before, sorts the aggregates otherwise, and consumes them.
    private async Task LeaveAsync()
    {
        if (!_isSortedOtherwise)
            SubscriptionLog.SortedOtherwise(logger, subscription.Name, subscription.Partitions, part);
        _isSortedOtherwise = true;
        await partition.ReleaseAsync().ConfigureAwait(false);
    }

    // Told once; and what failed before may be gone: the next event begins without failures.
    private async Task PassOverAsync(EventPage page, CancellationToken cancellationToken)
    {
        long next = page.Events is [var first, ..] ? first.Offset : page.Next;
        SubscriptionLog.Missed(logger, subscription.Name, _progress.Position, part, next);
        await SaveAsync(new PartitionProgress(page.Events.Count > 0 ? next - 1 : next), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the events of a page one after the other; false when one failed that is to be tried again.</summary>
    private async Task<bool> TakeAsync(EventPage page, CancellationToken cancellationToken)
    {
        HashSet<AggregateKey> parked = page.Events.Count == 0 ? [] : await partition.ListParkedAsync(cancellationToken).ConfigureAwait(false);
        foreach (StoredEvent stored in page.Events)
        {
            await partition.KeepAsync(cancellationToken).ConfigureAwait(false);
            bool isParked = parked.Contains(AggregateKey.Of(stored));
            string? error = isParked ? "It waits behind an earlier event of its aggregate that could not be taken." : await _call.TryAsync(stored, cancellationToken).ConfigureAwait(false);
            if (error is not null)
            {
                int attempts = isParked ? 0 : _taken == _progress.Position ? _progress.Attempts + 1 : 1;
                if (!isParked && attempts < subscription.Attempts)
                {
                    TimeSpan delay = subscription.DelayAfter(attempts);
                    SubscriptionLog.Failed(logger, subscription.Name, stored.Id, stored.Offset, attempts, delay, error);
                    await SaveAsync(new PartitionProgress(_taken, attempts, time.GetUtcNow() + delay, error), cancellationToken).ConfigureAwait(false);
                    return false;
                }

                if (!await GiveUpAsync(stored, attempts, error, cancellationToken).ConfigureAwait(false))
                    return false;
                parked.UnionWith(subscription.Strict ? [AggregateKey.Of(stored)] : []);
            }

            _taken = stored.Offset;
        }

        return true;
    }

    /// <summary>Makes a dead letter of an event; false when there may be no more.</summary>
    private async Task<bool> GiveUpAsync(StoredEvent stored, int attempts, string error, CancellationToken cancellationToken)
    {
        if (await partition.IsFullAsync(cancellationToken).ConfigureAwait(false))
        {
            SubscriptionLog.LettersFull(logger, subscription.Name, DeadLetterTable.Most, stored.Offset);
            await SaveAsync(new PartitionProgress(_taken, Math.Max(0, attempts - 1), time.GetUtcNow() + subscription.LongestDelay, error), cancellationToken).ConfigureAwait(false);
            return false;
        }

        string letter = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        var progress = new PartitionProgress(stored.Offset);
        await partition.SaveAsync(progress, stored, letter, attempts, error, cancellationToken).ConfigureAwait(false);
        _progress = progress;
        if (attempts > 0)
            SubscriptionLog.GaveUp(logger, subscription.Name, stored.Id, stored.Offset, attempts, letter, error);
        return true;
    }

    private async Task SaveAsync(PartitionProgress progress, CancellationToken cancellationToken)
    {
        await partition.SaveAsync(progress, cancellationToken).ConfigureAwait(false);
        (_progress, _taken) = (progress, progress.Position);
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) =>
        await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
