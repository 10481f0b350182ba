namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>A key set as its source gave it.</summary>
/// <param name="Json">The set.</param>
/// <param name="Issuer">The issuer that discovery found; null otherwise.</param>
internal sealed record FetchedKeys(byte[] Json, string? Issuer);
