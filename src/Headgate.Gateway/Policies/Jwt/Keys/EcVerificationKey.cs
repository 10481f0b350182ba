using System.Security.Cryptography;

namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>A key on one of the curves of RFC 7518 §3.4: ES256 on P-256, ES384 on P-384, ES512 on P-521.</summary>
internal sealed class EcVerificationKey(ECParameters parameters, JwtAlgorithm only) : VerificationKey
{
    private readonly KeyPool<ECDsa> _pool = new(() => ECDsa.Create(parameters));
    private readonly int _signatureBytes = 2 * parameters.Q.X!.Length;

    // The platform has fast arithmetic for P-256 alone.
    protected override bool IsSlow => only != JwtAlgorithm.ES256;

    /// <summary>The curve of a name, the length of its coordinates and its algorithm.</summary>
    public static (ECCurve Curve, int CoordinateBytes, JwtAlgorithm Algorithm)? CurveNamed(string? name) => name switch
    {
        "P-256" => (ECCurve.NamedCurves.nistP256, 32, JwtAlgorithm.ES256),
        "P-384" => (ECCurve.NamedCurves.nistP384, 48, JwtAlgorithm.ES384),
        "P-521" => (ECCurve.NamedCurves.nistP521, 66, JwtAlgorithm.ES512),
        _ => null,
    };

    // RFC 7518 §3.4: the algorithm names the curve too.
    protected override bool IsOfKind(SignatureAlgorithm algorithm) => algorithm.Id == only;

    protected override bool Check(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        // RFC 7518 §3.4: R and S, each as long as a coordinate; nothing else is a signature.
        if (signature.Length != _signatureBytes)
            return false;
        ECDsa ecdsa = _pool.Take();
        bool right = ecdsa.VerifyData(data, signature, algorithm.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        _pool.Return(ecdsa);
        return right;
    }
}
