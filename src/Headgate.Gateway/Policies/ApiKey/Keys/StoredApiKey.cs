namespace Headgate.Gateway.Policies.ApiKey.Keys;

/// <summary>A key as it stands in the store. Immutable.</summary>
/// <param name="Key">What is known of it.</param>
/// <param name="Secret">The digest of the key with its present secret.</param>
/// <param name="Previous">That of the key with the secret before; null for none.</param>
/// <param name="Version">Grows with each change of any key.</param>
internal sealed record StoredApiKey(ApiKeyRecord Key, ApiKeyDigest Secret, ApiKeyDigest? Previous, long Version);
