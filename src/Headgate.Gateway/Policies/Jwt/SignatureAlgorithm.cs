using System.Security.Cryptography;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>What RFC 7518 §3 says of one algorithm. Immutable.</summary>
/// <param name="Id">The algorithm.</param>
/// <param name="Family">The kind of key that it takes.</param>
/// <param name="Hash">The digest.</param>
/// <param name="DigestBytes">The digest's length.</param>
internal sealed record SignatureAlgorithm(JwtAlgorithm Id, SignatureFamily Family, HashAlgorithmName Hash, int DigestBytes)
{
    // Indexed by JwtAlgorithm.
    private static readonly SignatureAlgorithm[] s_all =
    [
        new(JwtAlgorithm.RS256, SignatureFamily.RsaPkcs1, HashAlgorithmName.SHA256, 32),
        new(JwtAlgorithm.RS384, SignatureFamily.RsaPkcs1, HashAlgorithmName.SHA384, 48),
        new(JwtAlgorithm.RS512, SignatureFamily.RsaPkcs1, HashAlgorithmName.SHA512, 64),
        new(JwtAlgorithm.PS256, SignatureFamily.RsaPss, HashAlgorithmName.SHA256, 32),
        new(JwtAlgorithm.PS384, SignatureFamily.RsaPss, HashAlgorithmName.SHA384, 48),
        new(JwtAlgorithm.PS512, SignatureFamily.RsaPss, HashAlgorithmName.SHA512, 64),
        new(JwtAlgorithm.ES256, SignatureFamily.Ecdsa, HashAlgorithmName.SHA256, 32),
        new(JwtAlgorithm.ES384, SignatureFamily.Ecdsa, HashAlgorithmName.SHA384, 48),
        new(JwtAlgorithm.ES512, SignatureFamily.Ecdsa, HashAlgorithmName.SHA512, 64),
        new(JwtAlgorithm.EdDSA, SignatureFamily.Eddsa, HashAlgorithmName.SHA512, 64),
        new(JwtAlgorithm.HS256, SignatureFamily.Hmac, HashAlgorithmName.SHA256, 32),
        new(JwtAlgorithm.HS384, SignatureFamily.Hmac, HashAlgorithmName.SHA384, 48),
        new(JwtAlgorithm.HS512, SignatureFamily.Hmac, HashAlgorithmName.SHA512, 64),
    ];

    /// <summary>Whether this build can check its signatures: .NET 10 has no Ed25519.</summary>
    public bool IsAvailable => Family != SignatureFamily.Eddsa;

    /// <summary>The algorithm of an enumeration member.</summary>
    public static SignatureAlgorithm Of(JwtAlgorithm id) => s_all[(int)id];

    /// <summary>The algorithm of a name as tokens and keys have it, compared case-sensitively (RFC 7515 §4.1.1); null for <c>none</c> and all others.</summary>
    public static SignatureAlgorithm? Named(string? name)
    {
        foreach (SignatureAlgorithm algorithm in s_all)
        {
            if (string.Equals(algorithm.Name, name, StringComparison.Ordinal))
                return algorithm;
        }

        return null;
    }

    /// <summary>The name as tokens and keys have it.</summary>
    public string Name { get; } = Id.ToString();
}
