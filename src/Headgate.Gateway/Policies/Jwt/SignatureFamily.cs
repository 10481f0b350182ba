namespace Headgate.Gateway.Policies.Jwt;

/// <summary>Algorithms that take the same kind of key.</summary>
internal enum SignatureFamily
{
    /// <summary>RSASSA-PKCS1-v1_5.</summary>
    RsaPkcs1,

    /// <summary>RSASSA-PSS.</summary>
    RsaPss,

    /// <summary>ECDSA.</summary>
    Ecdsa,

    /// <summary>Edwards curves.</summary>
    Eddsa,

    /// <summary>A shared secret.</summary>
    Hmac,
}
