using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Authentication;

namespace Headgate.Gateway.Policies.Authorize;

/// <summary>One of the caller's roles must give a permission, in a scope that covers the request.</summary>
/// <param name="permission">The permission; null for any, where only the scope matters.</param>
/// <param name="scope">The scope that the document names; null for what the request itself shows.</param>
internal sealed class PermissionRule(string? permission, RequestScope? scope) : AuthorizationRule
{
    public override bool Allows(GatewayContext context, Caller caller)
    {
        for (int i = 0; i < caller.Roles.Count; i++)
        {
            RoleGrant role = caller.Roles[i];
            if ((permission is null || role.Permits(permission)) && Holds(role.Scope, context))
                return true;
        }

        return false;
    }

    public override string ToString() => (permission, scope) switch
    {
        (null, _) => $"a role in {scope}",
        (_, null) => permission,
        _ => $"{permission} in {scope}",
    };

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
}
