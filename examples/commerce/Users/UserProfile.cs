using Commerce.Shared.Models;

namespace Commerce.Users;

internal sealed record UserProfile
{
    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    public string? DisplayName { get; init; }

    public string? AvatarUrl { get; init; }

    public string? DateOfBirth { get; init; }

    public Address? Address { get; init; }

    public string? PhoneNumber { get; init; }
}
