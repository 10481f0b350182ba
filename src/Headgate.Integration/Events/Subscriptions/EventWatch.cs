using Headgate.Gateway.Background;
using Headgate.Gateway.Telemetry.Metrics;
using Headgate.Integration.Events.Log;
using Headgate.Storage;

namespace Headgate.Integration.Events.Subscriptions;

/// <summary>Looks at the log and its subscriptions now and then, so that whoever reads metrics waits for no store. Thread-safe.</summary>
/// <param name="log">The log.</param>
/// <param name="subscriptions">Its subscriptions.</param>
/// <param name="time">The clock.</param>
public sealed class EventWatch(EventLog log, EventSubscriptions subscriptions, TimeProvider time)
{
    /// <summary>How old what is read is at most, while the store can be read.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private EventReadings? _last;

    /// <summary>What was read last; null before the first time, and while the store cannot be read.</summary>
    public EventReadings? Last => Volatile.Read(ref _last) is { } last ? last with { Waiting = log.Waiting } : null;

    /// <summary>Looks until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Rounds.RunAsync(LookEvery, time, atOnce: true, TryLookAsync, cancellationToken);

    /// <summary>Looks now.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        long end = await log.EndAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<SubscriptionReport> reports = await subscriptions.ListAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = time.GetUtcNow();
        SubscriptionReading[] readings = [.. reports.Select(report => new SubscriptionReading(
            report.Name, report.Behind, report.Oldest is { } oldest ? now - oldest : TimeSpan.Zero, report.Retrying, report.DeadLetters))];
        Volatile.Write(ref _last, new EventReadings(end, 0, readings));
    }

    private async Task TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // The store's own log says why. What was known is too old to be shown.
            Volatile.Write(ref _last, null);
        }
    }
}
