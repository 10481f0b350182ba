namespace Headgate.Integration.Idempotency;

/// <summary>The right to carry a request out, which only one has at a time.</summary>
/// <param name="Key">Whose key it is.</param>
/// <param name="Token">Which of the claims on it: one that was taken over is no longer its first holder's.</param>
internal sealed record Claim(RequestHash Key, long Token);
