using System.Globalization;
using Commerce.Shared.Data;
using Commerce.Shared.Web;

namespace Commerce.Users.Identity;

/// <summary>Tells an application about the user, as far as the token goes (OpenID Connect Core 1.0 §5.3).</summary>
internal sealed class UserInfoEndpoint(Database database)
{
    public Answer Answer(ServiceRequest request)
    {
        var scopes = request.Caller.Scopes;
        if (!scopes.Contains(Scopes.OpenId))
            throw ApiException.MissingScope(Scopes.OpenId);
        if (database.Read(connection => UserStore.Find(connection, request.Caller.User)) is not { IsActive: true } row)
            throw ApiException.InvalidToken("The user of the token is gone.");
        var info = new UserInfo { Sub = row.Id };
        if (scopes.Contains(Scopes.Profile))
            info = WithProfile(info, row);
        // Nobody has sent a letter to the address: it is what the user says.
        if (scopes.Contains(Scopes.Email))
            info = info with { Email = row.Email, EmailVerified = false };
        return ProtocolAnswer.Ok(info);
    }

    private static UserInfo WithProfile(UserInfo info, UserRow row)
    {
        var profile = row.ToUser().Profile;
        return info with
        {
            Name = profile.DisplayName ?? $"{profile.FirstName} {profile.LastName}",
            GivenName = profile.FirstName,
            FamilyName = profile.LastName,
            PreferredUsername = row.Username,
            Picture = profile.AvatarUrl,
            Birthdate = profile.DateOfBirth,
            UpdatedAt = DateTimeOffset.Parse(row.UpdatedAt, CultureInfo.InvariantCulture).ToUnixTimeSeconds(),
        };
    }
}
