using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>The names of the claims that Headgate reads.</summary>
public sealed record JwtClaimNames
{
    /// <summary>The user.</summary>
    [Setting("The user, whom upstreams see in `X-User-ID`.")]
    public string User { get; init; } = "sub";

    /// <summary>The tenant; null for the document's.</summary>
    [Setting("The tenant.", Default = "`tenancy.claim` of `x-gateway-config`")]
    public string? Tenant { get; init; }

    /// <summary>The scopes.</summary>
    [Setting("The scopes: a string with spaces, or an array.")]
    public string Scopes { get; init; } = "scope";

    /// <summary>The roles.</summary>
    [Setting("The roles: an array of names, or of objects with `role`, `scope` and `permissions`.")]
    public string Roles { get; init; } = "roles";
}
