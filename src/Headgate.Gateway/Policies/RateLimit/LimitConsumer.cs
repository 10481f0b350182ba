namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>A consumer of a limit who has used some of his quota. Immutable.</summary>
/// <param name="Name">Who: a user, a tenant, an id of a key, an address; <c>#</c> and a hash where that is not known or may not be shown.</param>
/// <param name="Used">How many requests of the burst are used, from 1.</param>
/// <param name="Remaining">How many are left.</param>
/// <param name="UntilFull">How long until none is used.</param>
public sealed record LimitConsumer(string Name, int Used, int Remaining, TimeSpan UntilFull);
