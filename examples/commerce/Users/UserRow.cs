using Commerce.Shared.Web;

namespace Commerce.Users;

/// <summary>A row of <c>users</c>.</summary>
internal sealed record UserRow
{
    public const int LongestUsername = 32;

    public string Id { get; init; } = "";

    public string TenantId { get; init; } = "";

    public string Username { get; init; } = "";

    public string Email { get; init; } = "";

    public string PasswordHash { get; init; } = "";

    public string Profile { get; init; } = "";

    public string Status { get; init; } = "";

    public string Roles { get; init; } = "";

    public string CreatedAt { get; init; } = "";

    public string UpdatedAt { get; init; } = "";

    public string? LastLoginAt { get; init; }

    public bool IsActive => Status == EnumText<UserStatus>.Of(UserStatus.Active);

    public User ToUser() => new()
    {
        Id = Id,
        Username = Username,
        Email = Email,
        Profile = Json.Read<UserProfile>(Profile),
        Status = EnumText<UserStatus>.Parse(Status),
        Roles = Json.Read<string[]>(Roles),
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        LastLoginAt = LastLoginAt,
    };
}
