using Headgate.Gateway.Policies.Authentication;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>What a token says whose signature and claims hold. Immutable.</summary>
/// <param name="Caller">Who calls.</param>
/// <param name="AcceptedUntil">When it is no longer accepted: its <c>exp</c> with the tolerance for clocks.</param>
internal sealed record VerifiedToken(Caller Caller, DateTimeOffset AcceptedUntil);
