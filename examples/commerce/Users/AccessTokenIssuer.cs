using Commerce.Shared.Data;
using Commerce.Shared.Security;
using Commerce.Users.Identity;

namespace Commerce.Users;

/// <summary>Says what is in an access token and how long it lasts.</summary>
internal sealed class AccessTokenIssuer(JwtSigner signer, string issuer, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public static int LifetimeSeconds => (int)Lifetime.TotalSeconds;

    /// <summary>A token of the shop's own sign-in: it is granted all that the user may do.</summary>
    public string Issue(UserRow user) => Issue(user, Scopes.Of(user), clientId: null);

    /// <summary>A token for an application, with the scopes that the user granted to it.</summary>
    public string Issue(UserRow user, string scope, string? clientId)
    {
        var now = clock.GetUtcNow();
        return signer.Sign(new AccessToken
        {
            Iss = issuer,
            Sub = user.Id,
            Aud = JwtFormat.Audience,
            Iat = now.ToUnixTimeSeconds(),
            Exp = now.Add(Lifetime).ToUnixTimeSeconds(),
            Jti = Ids.New("at", clock),
            Scope = scope,
            TenantId = user.TenantId,
            Roles = user.ToUser().Roles,
            PreferredUsername = user.Username,
            ClientId = clientId,
        });
    }
}
