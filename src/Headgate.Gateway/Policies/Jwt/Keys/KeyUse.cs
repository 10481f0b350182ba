namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>Which kinds of key a place may give.</summary>
internal enum KeyUse
{
    /// <summary>Public keys only: what comes over a network is nobody's secret.</summary>
    PublicOnly,

    /// <summary>Shared secrets too: from a file of this machine.</summary>
    SecretsToo,
}
