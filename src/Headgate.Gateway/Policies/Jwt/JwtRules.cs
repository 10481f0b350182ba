using System.Text;
using Headgate.Gateway.Policies.Authentication;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>Which tokens a scheme accepts, compiled. Immutable.</summary>
internal sealed class JwtRules
{
    /// <summary>The issuer; null when the discovery document names it.</summary>
    public required string? Issuer { get; init; }

    /// <summary>The audiences, of which a token must name one; empty for any.</summary>
    public required IReadOnlyList<string> Audiences { get; init; }

    /// <summary>How far clocks may differ.</summary>
    public required TimeSpan ClockSkew { get; init; }

    /// <summary>The claim of the user.</summary>
    public required byte[] UserClaim { get; init; }

    /// <summary>The claim of the tenant.</summary>
    public required byte[] TenantClaim { get; init; }

    /// <summary>The claim of the scopes.</summary>
    public required byte[] ScopesClaim { get; init; }

    /// <summary>The claim of the scopes where <see cref="ScopesClaim"/> is missing; empty for none.</summary>
    public required byte[] OtherScopesClaim { get; init; }

    /// <summary>The claim of the roles.</summary>
    public required byte[] RolesClaim { get; init; }

    /// <summary>The claims that are kept beside these, by name.</summary>
    public IReadOnlyList<string> KeptClaims { get; init; } = [];

    /// <summary>Of what kind the callers are. Default users.</summary>
    public SubjectKind Subjects { get; init; }

    /// <summary>The rules that an extension states.</summary>
    /// <param name="extension">What the document says.</param>
    /// <param name="tenantClaim">The document's claim for the tenant.</param>
    /// <param name="keptClaims">What the document reads beside.</param>
    public static JwtRules Of(JwtExtension extension, string tenantClaim, IReadOnlyList<string> keptClaims)
    {
        JwtClaimNames names = extension.Claims;
        return new JwtRules
        {
            Issuer = extension.Issuer,
            Audiences = extension.Audiences,
            ClockSkew = extension.ClockSkew.Value,
            UserClaim = Encoding.UTF8.GetBytes(names.User),
            TenantClaim = Encoding.UTF8.GetBytes(names.Tenant ?? tenantClaim),
            ScopesClaim = Encoding.UTF8.GetBytes(names.Scopes),

            // RFC 9068 §2.2.3 says `scope`; several large issuers say `scp`.
            OtherScopesClaim = names.Scopes == "scope" ? "scp"u8.ToArray() : [],
            RolesClaim = Encoding.UTF8.GetBytes(names.Roles),
            KeptClaims = keptClaims,
        };
    }
}
