using Headgate.Gateway.Configuration;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Roles;

namespace Headgate.Gateway.Policies.Authorize;

/// <summary>Tells operations of Headgate's own what their caller is permitted beyond calling them, by the same rules as <c>x-gateway-authorize</c>. Thread-safe.</summary>
/// <param name="known">The roles of the store.</param>
public sealed class CallerPermissions(KnownRoles known)
{
    /// <summary>Whether the caller of a request has a permission, for the request's tenant. Nobody in particular has none.</summary>
    /// <param name="context">The request, which has been authenticated.</param>
    /// <param name="permission">The permission: <c>operations:read</c>.</param>
    public bool Has(GatewayContext context, string permission)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Caller is not { } caller || context.Operation is not { } operation)
            return false;
        IReadOnlyList<RoleSource> sources = GatewayConfigExtension.Of(operation.Api.Document).Authorization.RolesFrom;
        CallerRoles roles = CallerRoles.Of(caller, context.Tenant, sources.Contains(RoleSource.Credential), sources.Contains(RoleSource.Store) ? known : null);
        return new PermissionRule(permission, scope: null).Allows(context, roles);
    }
}
