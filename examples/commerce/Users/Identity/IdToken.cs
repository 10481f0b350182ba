namespace Commerce.Users.Identity;

/// <summary>The claims of an ID token (OpenID Connect Core 1.0 §2). What else is known of the user is told at the user info endpoint.</summary>
internal sealed record IdToken
{
    public required string Iss { get; init; }

    public required string Sub { get; init; }

    /// <summary>The application: no service of the shop takes such a token for an access token.</summary>
    public required string Aud { get; init; }

    public required long Iat { get; init; }

    public required long Exp { get; init; }

    public required long AuthTime { get; init; }

    public string? Nonce { get; init; }

    public required string AtHash { get; init; }
}
