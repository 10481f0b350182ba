namespace Headgate.Gateway.ServiceAccounts.SigningKeys;

/// <summary>What a signing key is there for.</summary>
public enum SigningKeyState
{
    /// <summary>It is published and will sign.</summary>
    Next,

    /// <summary>It signs.</summary>
    Signing,

    /// <summary>It signs no more; tokens that it signed still hold.</summary>
    Retiring,
}
