namespace Headgate.Integration.Idempotency;

/// <summary>What became of an attempt to claim a key: a claim, or what is known of the request that has it.</summary>
/// <param name="Taken">The claim; null when another has the key.</param>
/// <param name="Fingerprint">What the other request asks for.</param>
/// <param name="Answer">What it was answered with; null while it is under way.</param>
internal sealed record ClaimResult(Claim? Taken, RequestHash Fingerprint, KeptAnswer? Answer);
