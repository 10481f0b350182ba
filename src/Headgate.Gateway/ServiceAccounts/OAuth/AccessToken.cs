using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Headgate.Gateway.Errors;

namespace Headgate.Gateway.ServiceAccounts.OAuth;

/// <summary>What a token of a service account says (RFC 9068 §2.2). Immutable.</summary>
/// <param name="Account">Whose it is.</param>
/// <param name="Issuer">Who issues it, and for whom.</param>
/// <param name="Scopes">What it was granted.</param>
/// <param name="IssuedAt">When.</param>
/// <param name="Expires">Until when it holds.</param>
/// <param name="TenantClaims">Under which names it tells the tenant, beside <see cref="TenantClaim"/>.</param>
internal sealed record AccessToken(
    ServiceAccount Account, string Issuer, IReadOnlyList<string> Scopes, DateTimeOffset IssuedAt, DateTimeOffset Expires, IEnumerable<string> TenantClaims)
{
    /// <summary>The name under which every token tells the tenant, and under which the gateway itself reads it whatever a document calls it: a token from before a reload must not lose its tenant.</summary>
    public const string TenantClaim = "tenant_id";

    private const int IdBytes = 16;

    // A document that finds the tenant in one of these has an issuer of its own in mind.
    private static readonly HashSet<string> s_taken = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "client_id", "scope", "roles", TenantClaim];

    /// <summary>The token, signed with ES256 (RFC 7515 §3.1, RFC 7518 §3.4).</summary>
    /// <param name="keyId">The id of the key.</param>
    /// <param name="privateKey">The key in PKCS #8.</param>
    public string Sign(string keyId, ReadOnlySpan<byte> privateKey)
    {
        using ECDsa key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(privateKey, out _);
        string signed = $"{Encode(json => WriteHeader(json, keyId))}.{Encode(WriteClaims)}";
        byte[] signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>Names nothing that would be a credential.</summary>
    public override string ToString() => Account.ClientId;

    // RFC 9068 §2.1.
    private static void WriteHeader(Utf8JsonWriter json, string keyId)
    {
        json.WriteString("alg"u8, "ES256"u8);
        json.WriteString("typ"u8, "at+jwt"u8);
        json.WriteString("kid"u8, keyId);
    }

    private void WriteClaims(Utf8JsonWriter json)
    {
        json.WriteString("iss"u8, Issuer);
        json.WriteString("aud"u8, Issuer);
        json.WriteString("sub"u8, Account.ClientId);
        json.WriteString("client_id"u8, Account.ClientId);
        json.WriteNumber("iat"u8, IssuedAt.ToUnixTimeSeconds());
        json.WriteNumber("exp"u8, Expires.ToUnixTimeSeconds());
        json.WriteString("jti"u8, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes)));
        if (Scopes.Count > 0)
            json.WriteString("scope"u8, string.Join(' ', Scopes));
        if (Account.Tenant is null)
            return;
        json.WriteString(TenantClaim, Account.Tenant);
        foreach (string claim in TenantClaims.Where(claim => !s_taken.Contains(claim)).Distinct(StringComparer.Ordinal))
            json.WriteString(claim, Account.Tenant);
    }

    private static string Encode(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, ErrorJson.Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Base64Url.EncodeToString(bytes.WrittenSpan);
    }
}
