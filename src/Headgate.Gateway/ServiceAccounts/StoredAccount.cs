namespace Headgate.Gateway.ServiceAccounts;

/// <summary>A service account with what its secrets are recognised by. Immutable.</summary>
/// <param name="Account">The account.</param>
/// <param name="SecretDigest">SHA-256 of the secret.</param>
/// <param name="PreviousDigest">SHA-256 of the secret before; null when there is none.</param>
internal sealed record StoredAccount(ServiceAccount Account, byte[] SecretDigest, byte[]? PreviousDigest);
