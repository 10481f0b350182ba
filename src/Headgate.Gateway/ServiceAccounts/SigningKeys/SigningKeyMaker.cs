using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Headgate.Gateway.ServiceAccounts.SigningKeys;

/// <summary>Makes signing keys: on P-256, for ES256, which every platform has, signs fast and is short.</summary>
internal static class SigningKeyMaker
{
    public static SigningKey Make(KeyProtection protection, DateTimeOffset now)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
        string x = Base64Url.EncodeToString(point.X);
        string y = Base64Url.EncodeToString(point.Y);

        // RFC 7638 §3.2: the required members alone, in lexicographic order, without white space.
        string keyId = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));
        string publicKey = $$"""{"kty":"EC","use":"sig","alg":"ES256","kid":"{{keyId}}","crv":"P-256","x":"{{x}}","y":"{{y}}"}""";
        byte[] privateKey = key.ExportPkcs8PrivateKey();
        return new SigningKey(keyId, publicKey, protection.Protect(keyId, privateKey), protection.Form, now, now);
    }
}
