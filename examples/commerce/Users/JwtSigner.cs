using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Commerce.Shared.Hosting;
using Commerce.Shared.Security;

namespace Commerce.Users;

/// <summary>Signs access and ID tokens (RS256) with the installation's key, which is made at first start.</summary>
internal sealed class JwtSigner : IDisposable
{
    private const string KeyFile = "user-service-signing-key.pem";
    private const int KeyBits = 2048;

    private readonly RSA _key = RSA.Create();
    private readonly string _header;

    public JwtSigner(SecretFiles secrets)
    {
        _key.ImportFromPem(secrets.GetOrMake(KeyFile, MakeKey));
        var parameters = _key.ExportParameters(includePrivateParameters: false);
        var n = Base64Url.EncodeToString(parameters.Modulus);
        var e = Base64Url.EncodeToString(parameters.Exponent);
        // RFC 7638 §3: the key's id is the hash of its required members in this very order.
        var kid = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"e":"{{e}}","kty":"RSA","n":"{{n}}"}""")));
        PublicKeys = new JsonWebKeySet([new JsonWebKey("RSA", "sig", JwtFormat.Algorithm, kid, n, e)]);
        _header = Encode(new { alg = JwtFormat.Algorithm, typ = "JWT", kid });
    }

    public JsonWebKeySet PublicKeys { get; }

    public string Sign<T>(T claims)
    {
        var signed = $"{_header}.{Encode(claims)}";
        var signature = _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The claims of a token that this key signed, whether it has expired or not; null for anything else.</summary>
    public T? Read<T>(string token)
        where T : class
    {
        // Every token of this signer has the same header: another one is somebody else's, or forged.
        if (token.Split('.') is not [var header, var claims, var signature] || header != _header)
            return null;
        try
        {
            return _key.VerifyData(Encoding.ASCII.GetBytes($"{header}.{claims}"), Base64Url.DecodeFromChars(signature),
                HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                ? JsonSerializer.Deserialize<T>(Base64Url.DecodeFromChars(claims), JwtFormat.Claims)
                : null;
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            // Not base64url, or the claims are those of a token of another kind.
            return null;
        }
    }

    public void Dispose() => _key.Dispose();

    private static string Encode<T>(T value) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value, JwtFormat.Claims));

    private static string MakeKey()
    {
        using var key = RSA.Create(KeyBits);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
