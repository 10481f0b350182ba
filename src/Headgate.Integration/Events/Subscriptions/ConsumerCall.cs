using System.Text;
using Headgate.Integration.Events.Log;

namespace Headgate.Integration.Events.Subscriptions;

/// <summary>Hands events to a consumer, which may fail in any way and takes no longer than it may. Thread-safe.</summary>
internal sealed class ConsumerCall(EventSubscription subscription, TimeProvider time)
{
    private const int MostErrorChars = 1000;

    /// <summary>Has the consumer take an event.</summary>
    /// <returns>Null when it did; else why not.</returns>
    /// <exception cref="OperationCanceledException">The process stops.</exception>
    public async Task<string?> TryAsync(StoredEvent stored, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(subscription.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await subscription.Consumer(stored, both.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && timeout.IsCancellationRequested)
        {
            return $"It took longer than {subscription.Timeout.TotalSeconds:0.###} s.";
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return Text(exception.Message);
        }
    }

    // What no engine of the store would keep is replaced.
    private static string Text(string message)
    {
        string kept = string.Concat(message.EnumerateRunes().Where(rune => rune.Value != 0).Take(MostErrorChars));
        return kept.Length == 0 ? "It failed without a message." : kept;
    }
}
