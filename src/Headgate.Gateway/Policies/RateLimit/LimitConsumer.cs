namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>A consumer of a limit who has used some of his quota, or has a request under way. Immutable.</summary>
/// <param name="Name">Who: a user, a tenant, an id of a key, an address; <c>#</c> and a hash where that is not known or may not be shown.</param>
/// <param name="Used">How many requests of the burst are used, or are under way; from 1.</param>
/// <param name="Remaining">How many are left.</param>
/// <param name="UntilFull">For a rate, how long until none is used.</param>
public sealed record LimitConsumer(string Name, int Used, int Remaining, TimeSpan? UntilFull);
