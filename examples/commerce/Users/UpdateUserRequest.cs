using Commerce.Shared.Web;

namespace Commerce.Users;

/// <summary>What of a user is to change; what is not named stays. Status and roles are for administrators.</summary>
internal sealed record UpdateUserRequest
{
    public string? Email { get; init; }

    public UserProfile? Profile { get; init; }

    public UserStatus? Status { get; init; }

    public IReadOnlyList<string>? Roles { get; init; }

    public bool IsForAdministrators => Status is not null || Roles is not null;

    public void Validate()
    {
        var violations = new Violations();
        violations.Require(Email is not null || Profile is not null || IsForAdministrators, "", "must name what is to change");
        UserRules.Email(violations, Email);
        UserRules.Profile(violations, Profile);
        UserRules.Roles(violations, Roles);
        violations.ThrowIfAny();
    }
}
