using System.Numerics;
using System.Security.Cryptography;

namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>An RSA key: RS256 to RS512 and PS256 to PS512.</summary>
internal sealed class RsaVerificationKey(RSAParameters parameters) : VerificationKey
{
    /// <summary>RFC 7518 §3.3: a key of 2048 bits or larger must be used.</summary>
    public const int FewestBits = 2048;

    /// <summary>The time of a check grows with the square of this.</summary>
    public const int MostBits = 8192;

    private const int SlowFromBits = 6144;
    private const int MostExponentBytes = 4;

    private readonly KeyPool<RSA> _pool = new(() => RSA.Create(parameters));
    private readonly int _bytes = parameters.Modulus!.Length;

    protected override bool IsSlow => _bytes * 8 >= SlowFromBits;

    /// <summary>Why a key is not used, or null.</summary>
    public static string? Refuse(byte[]? modulus, byte[]? exponent)
    {
        if (modulus is null || exponent is null)
            return "'n' or 'e' is missing or malformed";
        var n = new BigInteger(modulus, isUnsigned: true, isBigEndian: true);
        if (n.GetBitLength() is < FewestBits or > MostBits)
            return $"it has {n.GetBitLength()} bits, not {FewestBits} to {MostBits}";
        var e = new BigInteger(exponent, isUnsigned: true, isBigEndian: true);
        if (exponent.Length > MostExponentBytes || e < 3 || e.IsEven)
            return "its exponent is not accepted";
        return RocaFingerprint.Matches(n) ? "it was made by a generator whose keys can be factored (CVE-2017-15361)" : null;
    }

    protected override bool IsOfKind(SignatureAlgorithm algorithm) => algorithm.Family is SignatureFamily.RsaPkcs1 or SignatureFamily.RsaPss;

    protected override bool Check(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        // RFC 8017 §8.2.2: a signature is as long as the modulus.
        if (signature.Length != _bytes)
            return false;

        // RFC 7518 §3.5: the salt is as long as the digest, which is what the framework's PSS padding means.
        RSASignaturePadding padding = algorithm.Family == SignatureFamily.RsaPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        RSA rsa = _pool.Take();
        bool right = rsa.VerifyData(data, signature, algorithm.Hash, padding);
        _pool.Return(rsa);
        return right;
    }
}
