using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Commerce.Users.Identity;

/// <summary>Says what is in an ID token, and knows its own again.</summary>
internal sealed class IdTokenIssuer(JwtSigner signer, IssuerAddress issuer, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public string Issue(Grant grant, string? nonce, string accessToken)
    {
        var now = clock.GetUtcNow();
        return signer.Sign(new IdToken
        {
            Iss = issuer.Text,
            Sub = grant.UserId,
            Aud = grant.ClientId,
            Iat = now.ToUnixTimeSeconds(),
            Exp = now.Add(Lifetime).ToUnixTimeSeconds(),
            AuthTime = grant.AuthTime,
            Nonce = nonce,
            // OpenID Connect Core 1.0 §3.1.3.6: the left half of the hash.
            AtHash = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, 16)),
        });
    }

    /// <summary>A token of before, as a hint whom an application means. It may have expired (OpenID Connect Core 1.0 §3.1.2.1); null when it is none of these.</summary>
    public IdToken? Read(string token) => signer.Read<IdToken>(token) is { } claims && claims.Iss == issuer.Text ? claims : null;
}
