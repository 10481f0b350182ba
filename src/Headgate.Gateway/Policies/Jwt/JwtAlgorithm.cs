using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>Signature algorithms of JSON Web Tokens (RFC 7518 §3.1, RFC 8037 §3.1).</summary>
public enum JwtAlgorithm
{
    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256.</summary>
    [SettingName("RS256")]
    RS256,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-384.</summary>
    [SettingName("RS384")]
    RS384,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-512.</summary>
    [SettingName("RS512")]
    RS512,

    /// <summary>RSASSA-PSS with SHA-256.</summary>
    [SettingName("PS256")]
    PS256,

    /// <summary>RSASSA-PSS with SHA-384.</summary>
    [SettingName("PS384")]
    PS384,

    /// <summary>RSASSA-PSS with SHA-512.</summary>
    [SettingName("PS512")]
    PS512,

    /// <summary>ECDSA on P-256 with SHA-256.</summary>
    [SettingName("ES256")]
    ES256,

    /// <summary>ECDSA on P-384 with SHA-384.</summary>
    [SettingName("ES384")]
    ES384,

    /// <summary>ECDSA on P-521 with SHA-512.</summary>
    [SettingName("ES512")]
    ES512,

    /// <summary>Ed25519.</summary>
    [SettingName("EdDSA")]
    EdDSA,

    /// <summary>HMAC with SHA-256: a key shared with the issuer.</summary>
    [SettingName("HS256")]
    HS256,

    /// <summary>HMAC with SHA-384: a key shared with the issuer.</summary>
    [SettingName("HS384")]
    HS384,

    /// <summary>HMAC with SHA-512: a key shared with the issuer.</summary>
    [SettingName("HS512")]
    HS512,
}
