using System.Collections.Frozen;
using Commerce.Shared.Web;

namespace Commerce.Shared.Security;

/// <summary>Who is calling: a user by token, a service by key (for itself or on a user's behalf), or nobody in particular.</summary>
internal sealed record Caller(string? UserId, string? TenantId, FrozenSet<string> Roles, bool IsService)
{
    public const string AdminRole = "admin";

    public static readonly Caller Anonymous = new(null, null, FrozenSet<string>.Empty, false);

    /// <summary>What the bearer token was granted; nothing for whoever sent none.</summary>
    public FrozenSet<string> Scopes { get; init; } = FrozenSet<string>.Empty;

    public bool IsAdmin => Roles.Contains(AdminRole);

    /// <summary>
    /// May do what is reserved to the shop's staff and to its own services, and sees the data of every user of the tenant.
    /// A service that acts for a user may do and see what that user may, and no more.
    /// </summary>
    public bool IsOperator => IsAdmin || (IsService && UserId is null);

    /// <summary>The tenant whose data the call is about; a service must name it.</summary>
    public string Tenant => TenantId
        ?? throw ApiException.Invalid("header/X-Tenant-ID", "a service must say for which tenant it calls");

    /// <summary>The user on whose behalf the call is made.</summary>
    public string User => UserId
        ?? throw ApiException.Invalid("header/X-User-ID", "a service must say for which user it calls");

    public bool MaySee(string userId) => IsOperator || UserId == userId;
}
