namespace Commerce.Shared.Security;

/// <summary>The claims of an access token of the shop.</summary>
internal sealed record AccessToken
{
    public required string Iss { get; init; }

    public required string Sub { get; init; }

    public required string Aud { get; init; }

    public required long Iat { get; init; }

    public required long Exp { get; init; }

    public required string Jti { get; init; }

    public required string Scope { get; init; }

    public required string TenantId { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    public string? PreferredUsername { get; init; }

    /// <summary>The application to which it was issued (RFC 9068 §2.2); absent for the shop's own sign-in.</summary>
    public string? ClientId { get; init; }
}
