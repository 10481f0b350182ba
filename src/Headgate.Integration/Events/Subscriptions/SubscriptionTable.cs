using Headgate.Integration.Events.Log;
using Headgate.Storage;
using Headgate.Storage.Leases;

namespace Headgate.Integration.Events.Subscriptions;

/// <summary>The SQL of subscriptions. Stateless, thread-safe.</summary>
internal static class SubscriptionTable
{
    /// <summary>Makes the store know a subscription. One that it knows keeps its place; with another number of partitions, the place up to which all of them had come.</summary>
    public static async ValueTask<int> EnsureAsync(StoreSession session, EventSubscription subscription)
    {
        (long known, long? position) = await session.FindAsync(
            "SELECT COUNT(*), MIN(position) FROM headgate_event_partitions WHERE subscription = $1", row => (row.GetInt64(0), row.GetInt64OrNull(1)), subscription.Name).ConfigureAwait(false);
        if (known == subscription.Partitions)
            return 0;
        long start = position ?? (subscription.FromBeginning ? await EventTable.TrimmedAsync(session).ConfigureAwait(false) : await EventTable.EndAsync(session).ConfigureAwait(false));
        await session.ExecuteAsync("DELETE FROM headgate_event_partitions WHERE subscription = $1", subscription.Name).ConfigureAwait(false);
        for (int part = 0; part < subscription.Partitions; part++)
            await session.ExecuteAsync("INSERT INTO headgate_event_partitions (subscription, part, position, attempts) VALUES ($1, $2, $3, 0)", subscription.Name, part, start).ConfigureAwait(false);
        await RevokeAsync(session, subscription.Name).ConfigureAwait(false);
        return subscription.Partitions;
    }

    /// <summary>How far a partition has come, of so many; null when there is another number of them.</summary>
    public static ValueTask<PartitionProgress?> FindAsync(StoreSession session, string subscription, int partitions, int part) => session.FindAsync(
        """
        SELECT position, attempts, retryat, error FROM headgate_event_partitions
        WHERE subscription = $1 AND part = $2 AND (SELECT COUNT(*) FROM headgate_event_partitions WHERE subscription = $1) = $3
        """,
        row => new PartitionProgress(row.GetInt64(0), row.GetInt32(1), row.GetTimeOrNull(2), row.GetStringOrNull(3)),
        subscription, part, partitions);

    /// <summary>Whether a partition is held under a lease, and is one of as many as there are.</summary>
    public static ValueTask<bool> IsHeldAsync(StoreSession session, Lease lease, EventSubscription subscription) => session.FindAsync(
        """
        SELECT 1 FROM headgate_leases WHERE name = $1 AND token = $2 AND deadline > 0
        AND (SELECT COUNT(*) FROM headgate_event_partitions WHERE subscription = $3) = $4
        """,
        _ => true, lease.Name, lease.Token, subscription.Name, subscription.Partitions);

    public static ValueTask<int> SaveAsync(StoreSession session, string subscription, int part, PartitionProgress progress) => session.ExecuteAsync(
        "UPDATE headgate_event_partitions SET position = $3, attempts = $4, retryat = $5, error = $6 WHERE subscription = $1 AND part = $2",
        subscription, part, progress.Position, progress.Attempts, progress.RetryAt, progress.Error);

    /// <summary>Has a subscription go on after an offset, wherever it was. Whoever consumes now loses its leases, and with them what it would still have written.</summary>
    public static async ValueTask<ReplayOutcome> MoveAsync(StoreSession session, string subscription, long position)
    {
        if (await session.FindAsync("SELECT COUNT(*) FROM headgate_event_partitions WHERE subscription = $1", row => row.GetInt64(0), subscription).ConfigureAwait(false) == 0)
            return ReplayOutcome.Unknown;
        if (position > await EventTable.EndAsync(session).ConfigureAwait(false))
            return ReplayOutcome.BeyondTheEnd;
        await session.ExecuteAsync(
            "UPDATE headgate_event_partitions SET position = $2, attempts = 0, retryat = NULL, error = NULL WHERE subscription = $1", subscription, position).ConfigureAwait(false);
        await RevokeAsync(session, subscription).ConfigureAwait(false);
        return ReplayOutcome.Moved;
    }

    /// <summary>How the subscriptions stand, by name.</summary>
    public static async ValueTask<IReadOnlyList<SubscriptionReport>> ListAsync(StoreSession session)
    {
        long end = await EventTable.EndAsync(session).ConfigureAwait(false);
        return await session.ListAsync(
            """
            WITH standing AS (
                SELECT subscription, MIN(position) AS position, COUNT(retryat) AS retrying, MAX(error) AS error FROM headgate_event_partitions GROUP BY subscription)
            SELECT subscription, position, retrying, error,
                (SELECT appendedat FROM headgate_event_log WHERE log_offset > standing.position ORDER BY log_offset LIMIT 1),
                (SELECT COUNT(*) FROM headgate_dead_letters letter WHERE letter.subscription = standing.subscription)
            FROM standing ORDER BY subscription
            """,
            row => new SubscriptionReport(row.GetString(0), row.GetInt64(1), Math.Max(0, end - row.GetInt64(1)), row.GetTimeOrNull(4), row.GetInt64(5), row.GetInt32(2), row.GetStringOrNull(3))).ConfigureAwait(false);
    }

    /// <summary>The name of the lease of a partition.</summary>
    public static string LeaseOf(string subscription, int part) => $"events/{subscription}/{part}";

    private static ValueTask<int> RevokeAsync(StoreSession session, string subscription) =>
        session.ExecuteAsync("UPDATE headgate_leases SET deadline = 0 WHERE substr(name, 1, length($1)) = $1", LeaseOf(subscription, 0)[..^1]);
}
