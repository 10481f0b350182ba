using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Events.Subscriptions;

/// <summary>Log messages of subscriptions. Event ids 4010–4019, 4060–4069, 4141 and 4142.</summary>
internal static partial class SubscriptionLog
{
    [LoggerMessage(4010, LogLevel.Warning, "{Subscription} could not take event {Event} at offset {Offset}, {Attempts} times now, and tries again in {Delay}: {Error}")]
    public static partial void Failed(ILogger logger, string subscription, string @event, long offset, int attempts, TimeSpan delay, string error);

    [LoggerMessage(4011, LogLevel.Error, "{Subscription} gave up event {Event} at offset {Offset} after {Attempts} attempts, dead letter {Letter}: {Error}")]
    public static partial void GaveUp(ILogger logger, string subscription, string @event, long offset, int attempts, string letter, string error);

    [LoggerMessage(4012, LogLevel.Error, "{Subscription} has {Count} dead letters, as many as it may: it waits at offset {Offset} until some are retried or dropped")]
    public static partial void LettersFull(ILogger logger, string subscription, int count, long offset);

    [LoggerMessage(4013, LogLevel.Warning, "{Subscription} was at offset {Offset} in partition {Part}, and events after that were deleted before it took them: it goes on at {Next}")]
    public static partial void Missed(ILogger logger, string subscription, long offset, int part, long next);

    [LoggerMessage(4014, LogLevel.Information, "{Subscription} no longer has partition {Part}: another instance took it, or it was moved")]
    public static partial void LeaseLost(ILogger logger, string subscription, int part);

    [LoggerMessage(4015, LogLevel.Warning, "{Subscription} waits in partition {Part} for the store: {Problem}")]
    public static partial void StoreTrouble(ILogger logger, string subscription, int part, string problem);

    [LoggerMessage(4016, LogLevel.Information, "{Subscription} goes on after offset {Offset}, as it was told")]
    public static partial void Moved(ILogger logger, string subscription, long offset);

    [LoggerMessage(4017, LogLevel.Information, "Dead letter {Letter} of {Subscription} was taken: event {Event}")]
    public static partial void LetterTaken(ILogger logger, string letter, string subscription, string @event);

    [LoggerMessage(4018, LogLevel.Information, "Dead letter {Letter} of {Subscription} was dropped: event {Event}")]
    public static partial void LetterDropped(ILogger logger, string letter, string subscription, string @event);

    [LoggerMessage(4060, LogLevel.Information, "{Subscription} is consumed by {Members} instances now: this one has up to {Share} of {Partitions} partitions")]
    public static partial void Shared(ILogger logger, string subscription, int members, int share, int partitions);

    [LoggerMessage(4061, LogLevel.Warning, "It is not known which instances consume {Subscription}: {Problem}")]
    public static partial void NotShared(ILogger logger, string subscription, string problem);

    [LoggerMessage(4062, LogLevel.Warning, "{Subscription} has another number of partitions by now than the {Partitions} of this instance, which leaves partition {Part} to others: an instance of another version sorts otherwise")]
    public static partial void SortedOtherwise(ILogger logger, string subscription, int partitions, int part);

    [LoggerMessage(4141, LogLevel.Error, "{Subscription} does not end although its time for event {Event} at offset {Offset} is over: it is no longer waited for, and its aggregate waits until it has ended")]
    public static partial void Late(ILogger logger, string subscription, string @event, long offset);

    [LoggerMessage(4142, LogLevel.Warning, "{Subscription} ended with event {Event} at offset {Offset}, {Late} after it was no longer waited for: {Outcome}")]
    public static partial void LateEnded(ILogger logger, string subscription, string @event, long offset, TimeSpan late, string outcome);
}
