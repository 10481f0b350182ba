using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Commerce.Shared.Web;

namespace Commerce.Shared.Security;

/// <summary>Verifies the shop's access tokens: RS256 and nothing else, issuer, audience and expiry (RFC 7519, RFC 8725).</summary>
internal sealed class JwtVerifier(VerificationKeys keys, string issuer, TimeProvider clock)
{
    private const int LongestToken = 8 * 1024;

    public async ValueTask<Caller> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        var parts = token.Length <= LongestToken ? token.Split('.') : [];
        if (parts.Length != 3)
            throw ApiException.InvalidToken("The token is not a JWT.");
        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
            // RFC 8725 §3.1: the algorithm is pinned and never taken from the token.
            if (Text(header.RootElement, "alg") != JwtFormat.Algorithm || header.RootElement.TryGetProperty("crit", out _))
                throw ApiException.InvalidToken("The token is not signed with RS256.");
            await CheckSignatureAsync(parts, Text(header.RootElement, "kid"), cancellationToken);
            return Accept(JsonSerializer.Deserialize<AccessToken>(Base64Url.DecodeFromChars(parts[1]), JwtFormat.Claims));
        }
        catch (Exception error) when (error is FormatException or JsonException or InvalidOperationException)
        {
            throw ApiException.InvalidToken("The token is malformed.");
        }
    }

    private async ValueTask CheckSignatureAsync(string[] parts, string? kid, CancellationToken cancellationToken)
    {
        var key = kid is null ? null : await keys.FindAsync(kid, cancellationToken);
        if (key is null)
            throw ApiException.InvalidToken("The token names a key that is not known.");
        var signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        if (!key.VerifyData(signed, Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
            throw ApiException.InvalidToken("The token's signature is wrong.");
    }

    private Caller Accept(AccessToken? token)
    {
        if (token is null || token.Iss != issuer)
            throw ApiException.InvalidToken("The token was issued by somebody else.");
        if (token.Aud != JwtFormat.Audience)
            throw ApiException.InvalidToken("The token is meant for somebody else.");
        // RFC 7519 §4.1.4: on or after `exp` the token must not be accepted. The services share one clock: no leeway.
        if (token.Exp <= clock.GetUtcNow().ToUnixTimeSeconds())
            throw ApiException.InvalidToken("The token has expired.");
        return new Caller(token.Sub, token.TenantId, token.Roles.ToFrozenSet(StringComparer.Ordinal), IsService: false)
        {
            Scopes = token.Scope.Split(' ').ToFrozenSet(StringComparer.Ordinal),
        };
    }

    private static string? Text(JsonElement header, string name) =>
        header.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
