using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Headgate.Server.Tests.Support;

/// <summary>An issuer of tokens with an RSA key of its own: signs what is right, and whatever somebody would like to be taken for it.</summary>
internal sealed class TokenForge : IDisposable
{
    public const string Issuer = "https://idp.example";
    public const string Audience = "api://shop";
    public const string KeyId = "key-1";

    private readonly RSA _key = RSA.Create(2048);

    /// <summary>The public key as a secret, for who confuses the algorithms.</summary>
    public byte[] PublicKeyPem => Encoding.ASCII.GetBytes(_key.ExportSubjectPublicKeyInfoPem());

    /// <summary>The public key as a JSON Web Key.</summary>
    public string KeyJson
    {
        get
        {
            RSAParameters key = _key.ExportParameters(false);
            return $$"""{"kty":"RSA","kid":"{{KeyId}}","n":"{{Base64Url.EncodeToString(key.Modulus)}}","e":"{{Base64Url.EncodeToString(key.Exponent)}}"}""";
        }
    }

    public string KeySetJson => $$"""{"keys":[{{KeyJson}}]}""";

    /// <summary>A signed token.</summary>
    /// <param name="changes">Claims in place of those of ann of acme, which hold for five minutes; <c>null</c> takes one out.</param>
    /// <param name="header">The whole header.</param>
    public string Sign(string changes = "{}", string? header = null)
    {
        string signed = SignedPart(header ?? $$"""{"alg":"RS256","typ":"JWT","kid":"{{KeyId}}"}""", changes);
        return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    /// <summary>A token whose signature somebody else makes.</summary>
    public static string SignWith(Func<byte[], byte[]> sign, string header, string changes = "{}")
    {
        string signed = SignedPart(header, changes);
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    public void Dispose() => _key.Dispose();

    private static string SignedPart(string header, string changes)
    {
        JsonObject claims = new() { ["iss"] = Issuer, ["aud"] = Audience, ["sub"] = "ann", ["tenant_id"] = "acme", ["exp"] = TimeProvider.System.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds() };
        foreach ((string name, JsonNode? value) in JsonNode.Parse(changes)!.AsObject())
        {
            claims.Remove(name);
            if (value is not null)
                claims[name] = value.DeepClone();
        }

        return $"{Encode(header)}.{Encode(claims.ToJsonString())}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
