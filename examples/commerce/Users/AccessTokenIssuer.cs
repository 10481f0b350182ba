using Commerce.Shared.Data;
using Commerce.Shared.Security;

namespace Commerce.Users;

/// <summary>Says what is in an access token and how long it lasts.</summary>
internal sealed class AccessTokenIssuer(JwtSigner signer, string issuer, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const string UserScopes = "orders:read orders:write products:read profile";
    private const string AdminScopes = UserScopes + " products:write users:read users:write payments:refund";

    public string Issue(UserRow user)
    {
        var now = clock.GetUtcNow();
        var roles = user.ToUser().Roles;
        return signer.Sign(new AccessToken
        {
            Iss = issuer,
            Sub = user.Id,
            Aud = JwtFormat.Audience,
            Iat = now.ToUnixTimeSeconds(),
            Exp = now.Add(Lifetime).ToUnixTimeSeconds(),
            Jti = Ids.New("at", clock),
            Scope = roles.Contains(Caller.AdminRole) ? AdminScopes : UserScopes,
            TenantId = user.TenantId,
            Roles = roles,
            PreferredUsername = user.Username,
        });
    }
}
