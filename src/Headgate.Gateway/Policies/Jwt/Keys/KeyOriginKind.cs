namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>How an issuer's keys are found.</summary>
internal enum KeyOriginKind
{
    /// <summary>In a file.</summary>
    File,

    /// <summary>At an address.</summary>
    Address,

    /// <summary>In Headgate's own store: the keys with which it signs itself.</summary>
    Own,

    /// <summary>At the address that the issuer's configuration names (OpenID Connect Discovery 1.0 §4).</summary>
    Discovery,
}
