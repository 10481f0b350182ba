using Headgate.Integration.Events.Log;
using Headgate.Storage.Leases;
using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Events.Subscriptions;

/// <summary>Has the consumer of a partition take dead letters that somebody wants tried again. Used by one thread at a time.</summary>
internal sealed class LetterRetry(string subscription, EventLog log, PartitionStore partition, ILogger logger)
{
    /// <summary>Tries the next one.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="LeaseLostException">Another has the partition, or it was taken away.</exception>
    public async Task<bool> TryAsync(ConsumerCall call, CancellationToken cancellationToken)
    {
        if (await partition.FindDueAsync(cancellationToken).ConfigureAwait(false) is not { } letter)
            return false;
        string? error = await log.FindAsync(letter.EventId, cancellationToken).ConfigureAwait(false) is { } stored
            ? await call.TryAsync(stored, cancellationToken).ConfigureAwait(false)
            : "The event is no longer in the log.";
        await partition.SettleAsync(letter, error, cancellationToken).ConfigureAwait(false);
        if (error is null)
            SubscriptionLog.LetterTaken(logger, letter.Id, subscription, letter.EventId);
        return true;
    }
}
