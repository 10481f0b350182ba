using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Roles;

namespace Headgate.Gateway.Policies.Authorize;

/// <summary>One of the caller's roles must give a permission, in a scope that covers the request.</summary>
/// <param name="permission">The permission; null for any, where only the scope matters.</param>
/// <param name="scope">The scope that the document names; null for what the request itself shows.</param>
internal sealed class PermissionRule(string? permission, RequestScope? scope) : AuthorizationRule
{
    public override bool Allows(GatewayContext context, in CallerRoles roles) => FindGranted(context, roles) is not null || FindAssigned(context, roles) is not null;

    public override string Because(GatewayContext context, in CallerRoles roles) =>
        FindGranted(context, roles) is { } granted ? $"{this} by {granted} of the credential"
        : FindAssigned(context, roles) is { } assigned ? $"{this} by {assigned}, assigned in the store"
        : "";

    public override string ToString() => (permission, scope) switch
    {
        (null, _) => $"a role in {scope}",
        (_, null) => permission,
        _ => $"{permission} in {scope}",
    };

    private RoleGrant? FindGranted(GatewayContext context, in CallerRoles roles)
    {
        for (int i = 0; i < roles.Granted.Count; i++)
        {
            RoleGrant role = roles.Granted[i];
            if (roles.Permits(role, permission) && (role.IsDefinedInStore ? HoldsIn(roles.Tenant, role.Scope, context) : Holds(role.Scope, context)))
                return role;
        }

        return null;
    }

    private RoleAssignment? FindAssigned(GatewayContext context, in CallerRoles roles)
    {
        foreach (RoleAssignment assignment in roles.Assigned)
        {
            if (roles.Permits(assignment, permission) && HoldsIn(assignment.Tenant, assignment.Scope, context))
                return assignment;
        }

        return null;
    }

    // A role of a tenant holds for that tenant's requests alone, whatever else it names. What the request does not show (whose team the resource is
    // of) is for the service to check.
    private bool Holds(RoleScope? role, GatewayContext context)
    {
        if (role is null)
            return true;
        bool isOfTenant = role.Kind == RoleScope.TenantKind;
        bool covers = context.Tenant is { } tenant ? role.Covers(RoleScope.TenantKind, tenant) : scope?.Kind == RoleScope.TenantKind;
        if (isOfTenant && !covers)
            return false;
        if (scope is null)
            return true;
        return scope.Kind == role.Kind ? role.Covers(scope.Kind, scope.ValueIn(context)) : isOfTenant;
    }

    // What is of a tenant holds nowhere in another, also where the operation names one; what is of none, only in the tenant that its own scope names.
    private bool HoldsIn(string? tenant, RoleScope? role, GatewayContext context)
    {
        if (!Holds(role, context))
            return false;
        if (tenant == RoleAssignment.EveryTenant || scope?.Kind != RoleScope.TenantKind)
            return true;
        return tenant is null ? role?.Kind == RoleScope.TenantKind : scope.ValueIn(context).SequenceEqual(tenant);
    }
}
