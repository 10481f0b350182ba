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
        UserRules.Email(violations, Email);
        violations.Require(Password.Length is >= 8 and <= 128, "/password", "must have 8 to 128 characters");
        UserRules.Profile(violations, Profile);
        UserRules.Roles(violations, Roles);
        violations.ThrowIfAny();
    }

    [GeneratedRegex(@"^[a-z0-9._-]{3,32}\z", RegexOptions.NonBacktracking)]
    private static partial Regex UsernamePattern();
}
