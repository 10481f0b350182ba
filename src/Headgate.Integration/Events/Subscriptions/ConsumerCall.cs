using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Headgate.Integration.Events.Log;
using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Events.Subscriptions;

/// <summary>
/// Hands the events of a partition to its consumer, which may fail in any way and takes no longer than it may: one that ignores its token, or blocks, is no longer waited for. What it does
/// then goes on, and nobody can end it; so that the consumer is never at two events of one aggregate at a time, events of that aggregate fail until it has ended, without being handed over.
/// That holds in this process: another that takes over the partition knows nothing of such a call. Used by one thread at a time.
/// </summary>
internal sealed class ConsumerCall(EventSubscription subscription, TimeProvider time, ILogger logger)
{
    /// <summary>How long a consumer has to end once it was told to.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>The most calls of a partition that go on beyond their time: while there are as many, every event fails.</summary>
    public const int MostLate = 16;

    private const int MostErrorChars = 1000;

    private readonly ConcurrentDictionary<AggregateKey, byte> _late = new();

    /// <summary>Has the consumer take an event.</summary>
    /// <returns>Null when it did; else why not.</returns>
    /// <exception cref="OperationCanceledException">The process stops.</exception>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever the consumer throws, it has not taken the event.")]
    public async Task<string?> TryAsync(StoredEvent stored, CancellationToken cancellationToken)
    {
        if (_late.ContainsKey(AggregateKey.Of(stored)))
            return "An earlier call of the consumer for the same aggregate has not ended, although its time is over.";
        if (_late.Count >= MostLate)
            return $"{MostLate} earlier calls of the consumer have not ended, although their time is over.";
        using var timeout = new CancellationTokenSource(subscription.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        CancellationToken told = both.Token;
        Task call = Task.Run(() => subscription.Consumer(stored, told), CancellationToken.None);
        if (!await EndsAsync(call, told).ConfigureAwait(false))
        {
            _late[AggregateKey.Of(stored)] = 0;
            _ = FollowAsync(call, stored, time.GetTimestamp());
            cancellationToken.ThrowIfCancellationRequested();
            return $"It took longer than {subscription.Timeout.TotalSeconds:0.###} s.";
        }

        try
        {
            await call.ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && timeout.IsCancellationRequested)
        {
            return $"It took longer than {subscription.Timeout.TotalSeconds:0.###} s.";
        }
        catch (Exception exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Text(exception.Message);
        }
    }

    private async Task<bool> EndsAsync(Task call, CancellationToken told)
    {
        await call.WaitAsync(told).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!call.IsCompleted)
            await ((Task)Task.WhenAny(call, Task.Delay(Grace, time, CancellationToken.None))).ConfigureAwait(false);
        return call.IsCompleted;
    }

    // What it comes to is told alone: its attempt has failed already.
    [SuppressMessage("Design", "CA1031", Justification = "Whatever the consumer throws is told.")]
    private async Task FollowAsync(Task call, StoredEvent stored, long since)
    {
        SubscriptionLog.Late(logger, subscription.Name, stored.Id, stored.Offset);
        string outcome = "it took the event";
        try
        {
            await call.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            outcome = Text(exception.Message);
        }

        _late.TryRemove(AggregateKey.Of(stored), out _);
        SubscriptionLog.LateEnded(logger, subscription.Name, stored.Id, stored.Offset, time.GetElapsedTime(since), outcome);
    }

    // What no engine of the store would keep is replaced.
    private static string Text(string message)
    {
        string kept = string.Concat(message.EnumerateRunes().Where(rune => rune.Value != 0).Take(MostErrorChars));
        return kept.Length == 0 ? "It failed without a message." : kept;
    }
}
