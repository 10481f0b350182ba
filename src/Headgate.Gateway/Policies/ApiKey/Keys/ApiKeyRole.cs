using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Authorize;

namespace Headgate.Gateway.Policies.ApiKey.Keys;

/// <summary>A role of a key, in the form in which tokens have theirs. Immutable.</summary>
/// <param name="Role">The role's name.</param>
/// <param name="Scope">Where it holds: <c>team:frontend</c>, <c>tenant:*</c>; null for everywhere.</param>
/// <param name="Permissions">What it permits: <c>application:*</c>.</param>
public sealed record ApiKeyRole(string Role, string? Scope, IReadOnlyList<string> Permissions)
{
    internal RoleGrant ToGrant() => new(Role, Scope is null ? null : RoleScope.TryParse(Scope), [.. Permissions.Select(permission => new PermissionPattern(permission))]);
}
