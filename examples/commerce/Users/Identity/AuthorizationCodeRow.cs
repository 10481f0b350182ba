namespace Commerce.Users.Identity;

/// <summary>A row of <c>authorization_codes</c>: the code itself is not kept, only its hash. With a grant it has been used.</summary>
internal sealed record AuthorizationCodeRow
{
    public string Hash { get; init; } = "";

    public string ClientId { get; init; } = "";

    public string RedirectUri { get; init; } = "";

    public string Challenge { get; init; } = "";

    public string UserId { get; init; } = "";

    public string Scope { get; init; } = "";

    public string? Nonce { get; init; }

    public long AuthTime { get; init; }

    public string ExpiresAt { get; init; } = "";

    public string? GrantId { get; init; }
}
