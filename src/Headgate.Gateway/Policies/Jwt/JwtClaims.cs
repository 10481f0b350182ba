using Headgate.Gateway.Policies.Authentication;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>The claims of a token that Headgate reads, as they were found.</summary>
internal struct JwtClaims
{
    public string? Issuer { get; set; }

    /// <summary>Whether <c>aud</c> names one of the accepted audiences.</summary>
    public bool HasAudience { get; set; }

    /// <summary>The end in Unix seconds; null when there is none.</summary>
    public double? Expires { get; set; }

    public double? NotBefore { get; set; }

    public double? IssuedAt { get; set; }

    public string? User { get; set; }

    public string? Tenant { get; set; }

    public IReadOnlyList<string>? Scopes { get; set; }

    /// <summary>The scopes under the other name.</summary>
    public IReadOnlyList<string>? OtherScopes { get; set; }

    public IReadOnlyList<RoleGrant>? Roles { get; set; }

    /// <summary>What the document reads beside these; null for nothing.</summary>
    public List<KeyValuePair<string, string>>? Kept { get; set; }
}
