namespace Commerce.Users;

internal sealed record LoginResponse
{
    public required string AccessToken { get; init; }

    /// <summary>Always absent: the refresh token travels in an HttpOnly cookie, where no script can read it.</summary>
    public string? RefreshToken { get; init; }

    public string TokenType { get; init; } = "Bearer";

    public required int ExpiresIn { get; init; }

    public required User User { get; init; }
}
