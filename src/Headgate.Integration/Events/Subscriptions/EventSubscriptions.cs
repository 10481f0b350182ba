using Headgate.Gateway.Background;
using Headgate.Integration.Events.Log;
using Headgate.Storage;
using Headgate.Storage.Leases;
using Headgate.Storage.Migrations;
using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Events.Subscriptions;

/// <summary>The durable consumers of a process, and what the store knows of those of all. Subscriptions are added before they run. Thread-safe after that.</summary>
public sealed class EventSubscriptions
{
    private const int MostPartitions = 64;

    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    private readonly EventLog _log;
    private readonly Store _store;
    private readonly LeaseTable _leases;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly List<EventSubscription> _added = [];
    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <param name="log">The log.</param>
    /// <param name="store">Its store.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where failures of consumers are told.</param>
    public EventSubscriptions(EventLog log, Store store, TimeProvider time, ILogger<EventSubscriptions> logger) =>
        (_log, _store, _leases, _time, _logger) = (log, store, new LeaseTable(store, time), time, logger);

    /// <summary>The tables of subscriptions.</summary>
    public static MigrationSet Migrations => SubscriptionMigrations.All;

    /// <summary>Adds a consumer.</summary>
    /// <exception cref="ArgumentException">There is one of that name already, or a number is out of its range.</exception>
    public void Add(EventSubscription subscription)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        ArgumentOutOfRangeException.ThrowIfLessThan(subscription.Partitions, 1, nameof(subscription));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(subscription.Partitions, MostPartitions, nameof(subscription));
        ArgumentOutOfRangeException.ThrowIfLessThan(subscription.Attempts, 1, nameof(subscription));
        if (_added.Exists(other => other.Name == subscription.Name))
            throw new ArgumentException($"There is a subscription {subscription.Name} already.", nameof(subscription));
        _added.Add(subscription);
    }

    /// <summary>Begins to have events consumed.</summary>
    public void Begin(BackgroundWork background)
    {
        ArgumentNullException.ThrowIfNull(background);
        foreach (EventSubscription subscription in _added)
            background.Begin($"subscription {subscription.Name}", stop => BeginAsync(subscription, background, stop));
    }

    /// <summary>How every subscription stands that the store knows, by name.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public Task<IReadOnlyList<SubscriptionReport>> ListAsync(CancellationToken cancellationToken) => _store.ReadAsync(SubscriptionTable.ListAsync, cancellationToken);

    /// <summary>Has a subscription go on after an offset, wherever it was: it takes everything after that again, or leaves out what lies between.</summary>
    /// <returns>Whether it does.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public async Task<ReplayOutcome> ReplayAsync(string name, long after, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ReplayOutcome outcome = await _store.WriteAsync(session => SubscriptionTable.MoveAsync(session, name, after), cancellationToken).ConfigureAwait(false);
        if (outcome == ReplayOutcome.Moved)
            SubscriptionLog.Moved(_logger, name, after);
        return outcome;
    }

    /// <summary>Dead letters in the order in which they came to be.</summary>
    /// <param name="subscription">Whose; null for all.</param>
    /// <param name="after">The id after which the list goes on; empty for its beginning.</param>
    /// <param name="most">The most that are listed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(string? subscription, string after, int most, CancellationToken cancellationToken) =>
        _store.ReadAsync(session => DeadLetterTable.ListAsync(session, subscription, after, most), cancellationToken);

    /// <summary>The dead letter of an id, or null.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public Task<DeadLetter?> FindDeadLetterAsync(string id, CancellationToken cancellationToken) => _store.ReadAsync(session => DeadLetterTable.FindAsync(session, id), cancellationToken);

    /// <summary>Has a dead letter tried once more, by whichever instance has its partition. When it is taken, it is gone.</summary>
    /// <returns>The letter; null when there is none of that id.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public Task<DeadLetter?> RetryAsync(string id, CancellationToken cancellationToken) => _store.WriteAsync(session => DeadLetterTable.RetryAsync(session, id), cancellationToken);

    /// <summary>Gives a dead letter up for good.</summary>
    /// <returns>The letter; null when there is none of that id.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public async Task<DeadLetter?> DropAsync(string id, CancellationToken cancellationToken)
    {
        DeadLetter? dropped = await _store.WriteAsync(
            async session => await DeadLetterTable.FindAsync(session, id).ConfigureAwait(false) is { } letter && await DeadLetterTable.DeleteAsync(session, id).ConfigureAwait(false) == 1 ? letter : null,
            cancellationToken).ConfigureAwait(false);
        if (dropped is not null)
            SubscriptionLog.LetterDropped(_logger, id, dropped.Subscription, dropped.EventId);
        return dropped;
    }

    // What it begins it begins once: the store knows the subscription then, and nothing of this fails any more.
    private async Task BeginAsync(EventSubscription subscription, BackgroundWork background, CancellationToken cancellationToken)
    {
        for (bool isFirst = true; !await TryEnsureAsync(subscription, isFirst, cancellationToken).ConfigureAwait(false); isFirst = false)
            await Task.Delay(s_retryAfter, _time, cancellationToken).ConfigureAwait(false);
        var share = new PartitionShare(subscription.Partitions);
        background.Begin($"subscription {subscription.Name}: its instances", new SubscriptionMembers(subscription, share, _store, _owner, _time, _logger).RunAsync);
        for (int part = 0; part < subscription.Partitions; part++)
        {
            var partition = new PartitionStore(subscription, part, _store, _leases, _owner, _time);
            background.Begin($"subscription {subscription.Name}: partition {part}", new PartitionWorker(subscription, part, _log, partition, share, _time, _logger).RunAsync);
        }
    }

    private async Task<bool> TryEnsureAsync(EventSubscription subscription, bool tells, CancellationToken cancellationToken)
    {
        try
        {
            await _store.WriteAsync(session => SubscriptionTable.EnsureAsync(session, subscription), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (StoreException exception)
        {
            if (tells)
                SubscriptionLog.StoreTrouble(_logger, subscription.Name, 0, exception.Message);
            return false;
        }
    }
}
