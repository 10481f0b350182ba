namespace Commerce.Users;

/// <summary>A row of <c>refresh_tokens</c>: the token itself is not kept, only its hash.</summary>
internal sealed record RefreshTokenRow
{
    public string Hash { get; init; } = "";

    public string Family { get; init; } = "";

    public string UserId { get; init; } = "";

    public bool Remember { get; init; }

    public string ExpiresAt { get; init; } = "";

    public string? UsedAt { get; init; }

    public string? RevokedAt { get; init; }
}
