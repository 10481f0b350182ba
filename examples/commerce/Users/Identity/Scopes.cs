using Commerce.Shared.Security;

namespace Commerce.Users.Identity;

/// <summary>What tokens can be granted.</summary>
internal static class Scopes
{
    public const string OpenId = "openid";
    public const string Profile = "profile";
    public const string Email = "email";
    public const string OfflineAccess = "offline_access";

    private const string OfUser = "orders:read orders:write products:read profile";
    private const string OfAdmin = OfUser + " products:write users:read users:write payments:refund";

    private static readonly string[] AboutTheUser = [OpenId, Profile, Email, OfflineAccess];

    public static IReadOnlyList<string> Supported { get; } = [.. AboutTheUser.Union(OfAdmin.Split(' '))];

    /// <summary>All that the user may do.</summary>
    public static string Of(UserRow user) => user.ToUser().Roles.Contains(Caller.AdminRole) ? OfAdmin : OfUser;

    /// <summary>
    /// What an application gets of what it asked for. RFC 6749 §3.3: scopes that the user may not have are left out, and the
    /// token response says what was granted.
    /// </summary>
    public static string Granted(string requested, UserRow user) =>
        string.Join(' ', requested.Split(' ').Intersect(AboutTheUser.Concat(Of(user).Split(' '))));
}
