using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headgate.Gateway.Policies.Jwt.Keys;

namespace Headgate.Gateway.Tests.Policies.Jwt;

/// <summary>Signs tokens with a key of its own, in every way in which a token may be right or wrong.</summary>
internal sealed class TestIssuer : IDisposable
{
    public const string Name = "https://idp.example";
    public const string Audience = "api://orders";
    public const string KeyId = "key-1";

    // One of each kind for all tests: keys are slow to make.
    private static readonly RSA s_rsa = RSA.Create(2048);
    private static readonly ECDsa[] s_curves = [ECDsa.Create(ECCurve.NamedCurves.nistP256), ECDsa.Create(ECCurve.NamedCurves.nistP384), ECDsa.Create(ECCurve.NamedCurves.nistP521)];

    private readonly RSA? _own;

    /// <param name="ownKey">Whether it has an RSA key of its own, which nobody else in the tests has.</param>
    public TestIssuer(bool ownKey = false) => _own = ownKey ? RSA.Create(2048) : null;

    public static byte[] Secret { get; } = [.. Enumerable.Range(1, 64).Select(i => (byte)i)];

    private RSA Rsa => _own ?? s_rsa;

    public static DateTimeOffset Now { get; } = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    public static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));

    /// <summary>Claims that hold at <see cref="Now"/>.</summary>
    public static JsonObject Claims(DateTimeOffset? now = null) => new()
    {
        ["iss"] = Name,
        ["aud"] = Audience,
        ["sub"] = "user-7",
        ["tenant_id"] = "acme",
        ["scope"] = "orders:read profile",
        ["iat"] = (now ?? Now).ToUnixTimeSeconds(),
        ["exp"] = (now ?? Now).AddMinutes(10).ToUnixTimeSeconds(),
    };

    public string Sign(string algorithm = "RS256", JsonObject? claims = null, string? header = null) =>
        SignText(algorithm, header ?? $$"""{"alg":"{{algorithm}}","typ":"JWT","kid":"{{KeyId}}"}""", (claims ?? Claims()).ToJsonString());

    public string SignText(string algorithm, string header, string claims) => SignParts(algorithm, Encode(header), Encode(claims));

    public string SignParts(string algorithm, string header, string claims)
    {
        string signed = $"{header}.{claims}";
        return $"{signed}.{Encode(Signature(algorithm, Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>The public keys (and the secret, alone) for an algorithm, as the issuer publishes them.</summary>
    public string KeySetJson(string algorithm = "RS256", string keyId = KeyId, string more = "") =>
        $$"""{"keys":[{{KeyJson(algorithm, keyId)}}{{more}}]}""";

    public string KeyJson(string algorithm, string keyId = KeyId)
    {
        if (algorithm[0] == 'H')
            return $$"""{"kty":"oct","kid":"{{keyId}}","k":"{{Encode(Secret)}}"}""";
        if (algorithm[0] == 'E')
        {
            ECParameters ec = Curve(algorithm).ExportParameters(false);
            return $$"""{"kty":"EC","kid":"{{keyId}}","use":"sig","crv":"{{(algorithm == "ES256" ? "P-256" : algorithm == "ES384" ? "P-384" : "P-521")}}","x":"{{Encode(ec.Q.X)}}","y":"{{Encode(ec.Q.Y)}}"}""";
        }

        RSAParameters rsa = Rsa.ExportParameters(false);
        return $$"""{"kty":"RSA","kid":"{{keyId}}","use":"sig","n":"{{Encode(rsa.Modulus)}}","e":"{{Encode(rsa.Exponent)}}"}""";
    }

    public KeySet KeySet(string algorithm = "RS256") => Read(KeySetJson(algorithm));

    public static KeySet Read(string json) => new KeySetReader(KeyUse.SecretsToo).Read(Encoding.UTF8.GetBytes(json));

    /// <summary>The public key as a secret, for who confuses the algorithms.</summary>
    public byte[] PublicKeyPem() => Encoding.UTF8.GetBytes(Rsa.ExportSubjectPublicKeyInfoPem());

    public void Dispose() => _own?.Dispose();

    private byte[] Signature(string algorithm, byte[] data)
    {
        HashAlgorithmName hash = new($"SHA{algorithm[2..]}");
        return algorithm[..2] switch
        {
            "RS" => Rsa.SignData(data, hash, RSASignaturePadding.Pkcs1),
            "PS" => Rsa.SignData(data, hash, RSASignaturePadding.Pss),
            "ES" => Curve(algorithm).SignData(data, hash),
            "HS" => CryptographicOperations.HmacData(hash, Secret, data),
            _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
        };
    }

    private static ECDsa Curve(string algorithm) => s_curves[algorithm switch { "ES256" => 0, "ES384" => 1, _ => 2 }];
}
