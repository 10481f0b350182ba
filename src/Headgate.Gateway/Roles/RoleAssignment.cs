using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Authorize;

namespace Headgate.Gateway.Roles;

/// <summary>That somebody has a role, for which tenant, and where. Immutable.</summary>
/// <param name="Id">The id; ids grow in the order in which assignments are made.</param>
/// <param name="Subject">Who has it.</param>
/// <param name="Tenant">The tenant for whose requests it holds; null for requests without a tenant, <see cref="EveryTenant"/> for all.</param>
/// <param name="Role">The role's name.</param>
/// <param name="Scope">Where it holds among those requests; null for everywhere.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record RoleAssignment(string Id, Subject Subject, string? Tenant, string Role, RoleScope? Scope, DateTimeOffset CreatedAt)
{
    /// <summary>The tenant that stands for all, and for none. No tenant is named so.</summary>
    public const string EveryTenant = "*";

    /// <summary>Whether it holds for the requests of a tenant; null for those without one.</summary>
    public bool IsOf(string? tenant) => Tenant == EveryTenant || string.Equals(Tenant, tenant, StringComparison.Ordinal);

    /// <summary>In words: <c>keeper (team:frontend) of tenant acme</c>.</summary>
    public override string ToString() =>
        $"{Role}{(Scope is null ? "" : $" ({Scope})")} {Tenant switch { null => "without a tenant", EveryTenant => "of every tenant", _ => $"of tenant {Tenant}" }}";
}
