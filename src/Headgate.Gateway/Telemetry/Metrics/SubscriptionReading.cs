namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>How a durable consumer of the event log stood when it was last looked at.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Behind">Offsets of the log to which it has not come.</param>
/// <param name="Age">The age of the oldest event to which it has not come.</param>
/// <param name="Retrying">Partitions in which an event is to be tried again.</param>
/// <param name="DeadLetters">Events that it gave up.</param>
public readonly record struct SubscriptionReading(string Name, long Behind, TimeSpan Age, int Retrying, long DeadLetters);
