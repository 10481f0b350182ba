using System.Text.RegularExpressions;
using Commerce.Shared.Web;

namespace Commerce.Users;

/// <summary>What members of users have to look like, when they are created and when they are changed.</summary>
internal static partial class UserRules
{
    public static void Email(Violations violations, string? email) =>
        violations.Require(email is null || EmailPattern().IsMatch(email), "/email", "must be an e-mail address");

    public static void Profile(Violations violations, UserProfile? profile)
    {
        if (profile is null)
            return;
        violations.Text(profile.FirstName, "/profile/firstName", 100);
        violations.Text(profile.LastName, "/profile/lastName", 100);
        violations.Require(profile.DateOfBirth is null || DateOnly.TryParseExact(profile.DateOfBirth, "yyyy-MM-dd", out _),
            "/profile/dateOfBirth", "must be a date such as 1990-12-31");
    }

    public static void Roles(Violations violations, IReadOnlyList<string>? roles) =>
        violations.Require(roles is null || (roles.Count <= 10 && roles.All(role => RolePattern().IsMatch(role))),
            "/roles", "must be at most 10 names of 1 to 32 lower-case letters, digits or '-'");

    [GeneratedRegex(@"^[^@\s]{1,64}@[^@\s]{1,190}\z", RegexOptions.NonBacktracking)]
    private static partial Regex EmailPattern();

    [GeneratedRegex(@"^[a-z0-9-]{1,32}\z", RegexOptions.NonBacktracking)]
    private static partial Regex RolePattern();
}
