namespace Commerce.Users.Identity;

/// <summary>RFC 6749 §5.1, OpenID Connect Core 1.0 §3.1.3.3.</summary>
internal sealed record TokenResponse
{
    public required string AccessToken { get; init; }

    public string TokenType { get; init; } = "Bearer";

    public required int ExpiresIn { get; init; }

    public required string Scope { get; init; }

    public string? IdToken { get; init; }

    public string? RefreshToken { get; init; }
}
