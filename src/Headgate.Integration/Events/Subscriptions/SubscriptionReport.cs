namespace Headgate.Integration.Events.Subscriptions;

/// <summary>How a subscription stands.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Position">The offset up to which every partition has come.</param>
/// <param name="Behind">How many offsets of the log are after that.</param>
/// <param name="Oldest">When the first event after that was appended; null when there is none.</param>
/// <param name="DeadLetters">How many events it could not take.</param>
/// <param name="Retrying">In how many partitions an event failed that is to be tried again.</param>
/// <param name="Error">Why one of those failed; null when none did.</param>
public sealed record SubscriptionReport(string Name, long Position, long Behind, DateTimeOffset? Oldest, long DeadLetters, int Retrying, string? Error);
