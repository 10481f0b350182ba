namespace Headgate.Gateway.Policies.ApiKey.Keys;

/// <summary>Whether an API key holds.</summary>
public enum ApiKeyState
{
    /// <summary>It does.</summary>
    Active,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It was taken back.</summary>
    Revoked,
}
