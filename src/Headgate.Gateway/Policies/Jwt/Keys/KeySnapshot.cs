namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>An issuer's keys as they are known. Immutable.</summary>
/// <param name="Keys">The keys; the same object as long as they do not change.</param>
/// <param name="Fetched">What they were made of.</param>
/// <param name="ReadAt">When their source said so last.</param>
internal sealed record KeySnapshot(KeySet Keys, FetchedKeys Fetched, DateTimeOffset ReadAt);
