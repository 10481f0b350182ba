namespace Headgate.Integration.Events.Subscriptions;

/// <summary>How far a subscription has come in one partition of the aggregates.</summary>
/// <param name="Position">The offset up to which everything was taken, or given up.</param>
/// <param name="Attempts">How often the next event was tried in vain.</param>
/// <param name="RetryAt">When it is tried again; null for at once.</param>
/// <param name="Error">Why it failed last.</param>
public sealed record PartitionProgress(long Position, int Attempts = 0, DateTimeOffset? RetryAt = null, string? Error = null);
