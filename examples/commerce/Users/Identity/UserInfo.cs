namespace Commerce.Users.Identity;

/// <summary>The standard claims (OpenID Connect Core 1.0 §5.1) that the scopes <c>profile</c> and <c>email</c> open.</summary>
internal sealed record UserInfo
{
    public required string Sub { get; init; }

    public string? Name { get; init; }

    public string? GivenName { get; init; }

    public string? FamilyName { get; init; }

    public string? PreferredUsername { get; init; }

    public string? Picture { get; init; }

    public string? Birthdate { get; init; }

    public long? UpdatedAt { get; init; }

    public string? Email { get; init; }

    public bool? EmailVerified { get; init; }
}
