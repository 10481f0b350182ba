namespace Headgate.Gateway.ServiceAccounts.SigningKeys;

/// <summary>A signing key as operators see it. Immutable.</summary>
/// <param name="KeyId">Its id.</param>
/// <param name="State">What it is there for.</param>
/// <param name="Created">When it was made.</param>
/// <param name="SignsFrom">From when on it signs.</param>
/// <param name="KeptUntil">When it goes, and with it the last token that it signed; null while no later key is there.</param>
/// <param name="Encrypted">Whether its private part is encrypted in the store.</param>
public sealed record SigningKeyReport(string KeyId, SigningKeyState State, DateTimeOffset Created, DateTimeOffset SignsFrom, DateTimeOffset? KeptUntil, bool Encrypted);
