namespace Headgate.Integration.Idempotency;

/// <summary>The right to carry a request out, which only one has at a time.</summary>
/// <param name="Key">Whose key it is.</param>
/// <param name="Token">Which of all claims: one that was taken over is no longer its first holder's.</param>
/// <param name="ClaimedAt">When it was taken.</param>
internal sealed record Claim(RequestHash Key, ClaimToken Token, DateTimeOffset ClaimedAt);
