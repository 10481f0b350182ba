namespace Commerce.Users;

internal sealed record User
{
    public required string Id { get; init; }

    public required string Username { get; init; }

    public required string Email { get; init; }

    public required UserProfile Profile { get; init; }

    public required UserStatus Status { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    public required string CreatedAt { get; init; }

    public required string UpdatedAt { get; init; }

    public string? LastLoginAt { get; init; }
}
