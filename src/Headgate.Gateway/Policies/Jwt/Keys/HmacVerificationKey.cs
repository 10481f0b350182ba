using System.Security.Cryptography;

namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>A secret shared with the issuer: HS256 to HS512.</summary>
internal sealed class HmacVerificationKey(byte[] secret) : VerificationKey
{
    /// <summary>RFC 7518 §3.2: as long as the shortest digest.</summary>
    public const int FewestBytes = 32;

    /// <summary>Beyond a block of the digest a secret gains nothing.</summary>
    public const int MostBytes = 1024;

    private const int LargestDigestBytes = 64;

    protected override bool IsSlow => false;

    // RFC 7518 §3.2: a key as long as the digest, or longer, must be used.
    protected override bool IsOfKind(SignatureAlgorithm algorithm) => algorithm.Family == SignatureFamily.Hmac && secret.Length >= algorithm.DigestBytes;

    protected override bool Check(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[LargestDigestBytes];
        int length = CryptographicOperations.HmacData(algorithm.Hash, secret, data, expected);
        return CryptographicOperations.FixedTimeEquals(expected[..length], signature);
    }
}
