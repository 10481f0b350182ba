using Headgate.Gateway.Background;
using Headgate.Storage;
using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Events.Subscriptions;

/// <summary>
/// The instances that consume one subscription, of which this is one: each says now and then that it is there, and has its share of the partitions. What one has beyond it gives back between two
/// batches; so partitions go to instances that come, and to those that are left. Where there is no other process, on SQLite, all are this one's. Used by one thread at a time.
/// </summary>
/// <param name="subscription">The subscription.</param>
/// <param name="share">What follows for this process.</param>
/// <param name="store">The store.</param>
/// <param name="owner">This process.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where trouble is told.</param>
internal sealed class SubscriptionMembers(EventSubscription subscription, PartitionShare share, Store store, string owner, TimeProvider time, ILogger logger)
{
    /// <summary>How often an instance says that it is there, and looks for the others.</summary>
    public static readonly TimeSpan SayEvery = TimeSpan.FromSeconds(2);

    /// <summary>After how long without a word an instance is no longer counted on.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromSeconds(15);

    // Who sorts into another number of partitions takes none of these: it is not counted on.
    private readonly string _number = $"/{subscription.Partitions}";
    private int _known = 1;
    private bool _inTrouble;

    private string Member => owner + _number;

    /// <summary>Says it, until cancelled; then that this instance is gone.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (store.Location.Engine == StoreEngine.Sqlite)
            return;
        await Rounds.RunAsync(SayEvery, time, atOnce: true, stop => TryAsync(SayAsync, stop), cancellationToken).ConfigureAwait(false);
        await TryAsync(LeaveAsync, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task SayAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        IReadOnlyList<string> members = await store.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync(
                    "INSERT INTO headgate_event_members (subscription, member, deadline) VALUES ($1, $2, $3) ON CONFLICT (subscription, member) DO UPDATE SET deadline = excluded.deadline",
                    subscription.Name, Member, now + ForgottenAfter).ConfigureAwait(false);
                await session.ExecuteAsync("DELETE FROM headgate_event_members WHERE subscription = $1 AND deadline <= $2", subscription.Name, now).ConfigureAwait(false);
                return await session.ListAsync("SELECT member FROM headgate_event_members WHERE subscription = $1", row => row.GetString(0), subscription.Name).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        string[] inOrder = [.. members.Where(member => member.EndsWith(_number, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        int most = PartitionShare.Of(subscription.Partitions, inOrder.Length, Array.IndexOf(inOrder, Member));
        share.Set(most);
        if (inOrder.Length != _known)
            SubscriptionLog.Shared(logger, subscription.Name, inOrder.Length, most, subscription.Partitions);
        _known = inOrder.Length;
    }

    private Task LeaveAsync(CancellationToken cancellationToken) => store.WriteAsync(
        session => session.ExecuteAsync("DELETE FROM headgate_event_members WHERE subscription = $1 AND member = $2", subscription.Name, Member), cancellationToken);

    // Without the store nobody takes a partition either, and who has one keeps it.
    private async Task TryAsync(Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        try
        {
            await step(cancellationToken).ConfigureAwait(false);
            _inTrouble = false;
        }
        catch (StoreException exception)
        {
            if (!_inTrouble)
                SubscriptionLog.NotShared(logger, subscription.Name, exception.Message);
            _inTrouble = true;
        }
    }
}
