using System.Text.RegularExpressions;
using Commerce.Shared.Web;

namespace Commerce.Users;

internal sealed partial record CreateUserRequest
{
    public required string Username { get; init; }

    public required string Email { get; init; }

    public required string Password { get; init; }

    public required UserProfile Profile { get; init; }

    public IReadOnlyList<string>? Roles { get; init; }

    public void Validate()
    {
        var violations = new Violations();
        violations.Require(UsernamePattern().IsMatch(Username), "/username", "must have 3 to 32 lower-case letters, digits, '.', '_' or '-'");
        violations.Require(EmailPattern().IsMatch(Email), "/email", "must be an e-mail address");
        violations.Require(Password.Length is >= 8 and <= 128, "/password", "must have 8 to 128 characters");
        violations.Text(Profile.FirstName, "/profile/firstName", 100);
        violations.Text(Profile.LastName, "/profile/lastName", 100);
        violations.Require(Profile.DateOfBirth is null || DateOnly.TryParseExact(Profile.DateOfBirth, "yyyy-MM-dd", out _),
            "/profile/dateOfBirth", "must be a date such as 1990-12-31");
        violations.Require(Roles is null || (Roles.Count <= 10 && Roles.All(role => RolePattern().IsMatch(role))),
            "/roles", "must be at most 10 names of 1 to 32 lower-case letters, digits or '-'");
        violations.ThrowIfAny();
    }

    [GeneratedRegex(@"^[a-z0-9._-]{3,32}\z", RegexOptions.NonBacktracking)]
    private static partial Regex UsernamePattern();

    [GeneratedRegex(@"^[^@\s]{1,64}@[^@\s]{1,190}\z", RegexOptions.NonBacktracking)]
    private static partial Regex EmailPattern();

    [GeneratedRegex(@"^[a-z0-9-]{1,32}\z", RegexOptions.NonBacktracking)]
    private static partial Regex RolePattern();
}
