using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Roles;

namespace Headgate.Gateway.Policies.Authorize;

/// <summary>The roles of a request's caller: those of the credential, and those that the store assigns. Lives for one decision.</summary>
/// <param name="Granted">The roles of the credential.</param>
/// <param name="Assigned">What the store assigns to the caller, for whichever tenants.</param>
/// <param name="Stored">The store's roles.</param>
/// <param name="Tenant">The request's tenant, or null.</param>
internal readonly record struct CallerRoles(IReadOnlyList<RoleGrant> Granted, RoleAssignment[] Assigned, RoleSnapshot Stored, string? Tenant)
{
    /// <summary>The roles of a caller.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="tenant">The request's tenant, or null.</param>
    /// <param name="asksCredential">Whether the word of the credential counts.</param>
    /// <param name="known">The roles of the store; null where its word does not count.</param>
    public static CallerRoles Of(Caller caller, string? tenant, bool asksCredential, KnownRoles? known)
    {
        RoleSnapshot stored = known?.Current ?? RoleSnapshot.Empty;
        return new CallerRoles(asksCredential ? caller.Roles : [], stored.AssignedTo(caller.Subject), stored, tenant);
    }

    /// <summary>Whether a role of the credential gives a permission, as the credential says or, where that does not, the store.</summary>
    public bool Permits(RoleGrant role, string? permission) =>
        role.IsDefinedInStore ? Stored.RoleOf(role.Role) is { } stored && stored.Permits(permission) : permission is null || role.Permits(permission);

    /// <summary>Whether an assignment is for the request's tenant and gives a permission.</summary>
    public bool Permits(RoleAssignment assignment, string? permission) =>
        assignment.IsOf(Tenant) && Stored.RoleOf(assignment.Role) is { } stored && stored.Permits(permission);
}
