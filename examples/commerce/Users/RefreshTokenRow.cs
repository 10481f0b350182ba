using Commerce.Users.Identity;

namespace Commerce.Users;

/// <summary>A row of <c>refresh_tokens</c> with its grant, if it has one: the token itself is not kept, only its hash.</summary>
internal sealed record RefreshTokenRow
{
    public string Hash { get; init; } = "";

    public string Family { get; init; } = "";

    public string UserId { get; init; } = "";

    public bool Remember { get; init; }

    public string ExpiresAt { get; init; } = "";

    public string? UsedAt { get; init; }

    public string? RevokedAt { get; init; }

    public string? ClientId { get; init; }

    public string? Scope { get; init; }

    public long AuthTime { get; init; }

    /// <summary>What the user granted to an application; null for the cookie of the shop's own sign-in.</summary>
    public Grant? Grant => ClientId is null ? null : new Grant(Family, ClientId, UserId, Scope!, AuthTime);
}
