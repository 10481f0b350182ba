using Headgate.Integration.Events.Log;
using Headgate.Storage;
using Headgate.Storage.Leases;

namespace Headgate.Integration.Events.Subscriptions;

/// <summary>What the store knows of one partition of a subscription, read and written by who has its lease. Used by one thread at a time.</summary>
internal sealed class PartitionStore(EventSubscription subscription, int part, Store store, LeaseTable leases, string owner, TimeProvider time)
{
    /// <summary>How long a partition belongs to who took it without another word.</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(60);

    private Lease? _lease;

    private string LeaseName => SubscriptionTable.LeaseOf(subscription.Name, part);

    /// <summary>Takes the partition; false while another has it. One that was left in trouble with the store is this process's still, unless another has taken it since.</summary>
    public async Task<bool> TryTakeAsync(CancellationToken cancellationToken)
    {
        Lease? kept = _lease is null ? null : await leases.RenewAsync(_lease, LeaseTime, cancellationToken).ConfigureAwait(false);
        _lease = kept ?? await leases.TryTakeAsync(LeaseName, owner, LeaseTime, cancellationToken).ConfigureAwait(false);
        return _lease is not null;
    }

    /// <summary>Keeps the partition for as long as one event may take, and some time beyond.</summary>
    /// <exception cref="LeaseLostException">Another has it.</exception>
    /// <exception cref="OperationCanceledException">It is to be given back.</exception>
    public async ValueTask KeepAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TimeSpan needed = subscription.Timeout + (LeaseTime / 4);
        if (_lease!.Deadline - time.GetUtcNow() > needed)
            return;
        _lease = await leases.RenewAsync(_lease, needed + LeaseTime, cancellationToken).ConfigureAwait(false) ?? throw new LeaseLostException(_lease);
    }

    /// <summary>Gives the partition back.</summary>
    public async Task ReleaseAsync()
    {
        await leases.ReleaseAsync(_lease!, CancellationToken.None).ConfigureAwait(false);
        _lease = null;
    }

    /// <summary>How far the partition has come; null when the store knows the subscription with another number of partitions, so that this one stands for other aggregates.</summary>
    public Task<PartitionProgress?> ReadAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(session => SubscriptionTable.FindAsync(session, subscription.Name, subscription.Partitions, part), cancellationToken);

    /// <summary>Keeps how far the partition has come, and a dead letter that it left behind.</summary>
    /// <param name="progress">How far.</param>
    /// <param name="letter">The event that was given up; null for none.</param>
    /// <param name="letterId">The letter's id.</param>
    /// <param name="attempts">How often it was tried.</param>
    /// <param name="error">Why it failed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LeaseLostException">Another has it: nothing was kept.</exception>
    public Task SaveAsync(PartitionProgress progress, StoredEvent? letter, string letterId, int attempts, string error, CancellationToken cancellationToken) => store.WriteAsync(
        async session =>
        {
            await LeaseTable.EnsureHeldAsync(session, _lease!).ConfigureAwait(false);
            if (letter is not null)
                await DeadLetterTable.InsertAsync(session, letterId, subscription.Name, letter, attempts, error, time.GetUtcNow()).ConfigureAwait(false);
            return await SubscriptionTable.SaveAsync(session, subscription.Name, part, progress).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>Keeps how far the partition has come.</summary>
    /// <exception cref="LeaseLostException">Another has it: nothing was kept.</exception>
    public Task SaveAsync(PartitionProgress progress, CancellationToken cancellationToken) => SaveAsync(progress, null, "", 0, "", cancellationToken);

    /// <summary>The dead letter that is to be tried again now, or null. Finds out as well when the subscription was moved.</summary>
    /// <exception cref="LeaseLostException">Another has the partition, or it was taken away.</exception>
    public Task<DeadLetter?> FindDueAsync(CancellationToken cancellationToken) => store.ReadAsync(
        async session =>
        {
            await EnsureOursAsync(session).ConfigureAwait(false);
            return await DeadLetterTable.FindDueAsync(session, subscription.Name, subscription.Partitions, part, subscription.Strict).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>Keeps what came of trying a dead letter again.</summary>
    /// <exception cref="LeaseLostException">Another has it: nothing was kept.</exception>
    public Task SettleAsync(DeadLetter letter, string? error, CancellationToken cancellationToken) => store.WriteAsync(
        async session =>
        {
            await LeaseTable.EnsureHeldAsync(session, _lease!).ConfigureAwait(false);
            return error is null
                ? await DeadLetterTable.DeleteAsync(session, letter.Id).ConfigureAwait(false)
                : await DeadLetterTable.FailAsync(session, letter.Id, error, time.GetUtcNow()).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>The aggregates that stand still, in a subscription in which they do.</summary>
    public async Task<HashSet<AggregateKey>> ListParkedAsync(CancellationToken cancellationToken) => !subscription.Strict ? [] :
        [.. (await store.ReadAsync(session => DeadLetterTable.ListAggregatesAsync(session, subscription.Name, subscription.Partitions, part), cancellationToken).ConfigureAwait(false))
            .Select(aggregate => new AggregateKey(aggregate.Tenant, aggregate.Type, aggregate.Id))];

    /// <summary>Whether the subscription has as many dead letters as it may.</summary>
    public async Task<bool> IsFullAsync(CancellationToken cancellationToken) =>
        await store.ReadAsync(session => DeadLetterTable.CountAsync(session, subscription.Name), cancellationToken).ConfigureAwait(false) >= DeadLetterTable.Most;

    // Whoever sorts into another number of partitions revokes the leases that there are, but cannot see one that is taken at the same time: so the number is looked at as well. Before each batch and
    // not in what it saves: commands that read each other's partitions would conflict with each other, always.
    private async ValueTask EnsureOursAsync(StoreSession session)
    {
        if (!await SubscriptionTable.IsHeldAsync(session, _lease!, subscription).ConfigureAwait(false))
            throw new LeaseLostException(_lease!);
    }
}
