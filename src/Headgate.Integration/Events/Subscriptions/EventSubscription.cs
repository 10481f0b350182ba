using Headgate.Integration.Events.Log;

namespace Headgate.Integration.Events.Subscriptions;

/// <summary>
/// A durable consumer within Headgate: where it is lies in the store, and with several instances one of them has each partition of the aggregates at a time. Events of one
/// aggregate come in order, one after the other, each at least once. Immutable.
/// </summary>
public sealed record EventSubscription
{
    /// <summary>The name under which the store knows it. Never changes.</summary>
    public required string Name { get; init; }

    /// <summary>What it wants.</summary>
    public required EventFilter Filter { get; init; }

    /// <summary>What takes the events. Called for different partitions at once.</summary>
    public required EventConsumer Consumer { get; init; }

    /// <summary>Whether it begins with the earliest event that is there when the store first hears of it, and not with the next one.</summary>
    public bool FromBeginning { get; init; }

    /// <summary>
    /// Whether an aggregate stops at an event that could not be taken: its later ones become dead letters too, until the earlier are retried or dropped. Otherwise it goes on without it.
    /// </summary>
    public bool Strict { get; init; }

    /// <summary>Into how many parts the aggregates are sorted that are consumed side by side; 1 to 64. With another number than before, all go on from where the slowest was.</summary>
    public int Partitions { get; init; } = 4;

    /// <summary>How often an event is tried before it becomes a dead letter, 1 or more.</summary>
    public int Attempts { get; init; } = 8;

    /// <summary>How long after the first failure the second attempt comes; each further one waits twice as long.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two attempts.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one event may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    internal TimeSpan DelayAfter(int attempts) => TimeSpan.FromTicks((long)Math.Min(FirstDelay.Ticks * Math.Pow(2, attempts - 1), LongestDelay.Ticks));
}
