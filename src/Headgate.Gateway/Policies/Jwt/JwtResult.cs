namespace Headgate.Gateway.Policies.Jwt;

/// <summary>What became of a token.</summary>
/// <param name="Outcome">What.</param>
/// <param name="Token">What a verified token says; null unless verified.</param>
/// <param name="Reason">Why it is refused, for its sender to read; empty when verified.</param>
/// <param name="KeyId">The id of the key that the token names, where that matters.</param>
internal readonly record struct JwtResult(JwsOutcome Outcome, VerifiedToken? Token, string Reason, string? KeyId);
