using Headgate.Gateway.Policies.Authorize;

namespace Headgate.Gateway.Policies.Authentication;

/// <summary>A role that a credential says: what it permits, and where. Immutable.</summary>
/// <param name="Role">The role's name.</param>
/// <param name="Scope">Where the role holds; null for everywhere.</param>
/// <param name="Permissions">What it permits.</param>
public sealed record RoleGrant(string Role, RoleScope? Scope, IReadOnlyList<PermissionPattern> Permissions)
{
    /// <summary>Whether the credential does not say what the role permits: then the store says it.</summary>
    public bool IsDefinedInStore { get; init; }

    /// <summary>Whether one of its permissions covers what is asked for.</summary>
    public bool Permits(string permission)
    {
        for (int i = 0; i < Permissions.Count; i++)
        {
            if (Permissions[i].Covers(permission))
                return true;
        }

        return false;
    }

    /// <summary>In words: <c>keeper (tenant:north)</c>.</summary>
    public override string ToString() => Scope is null ? Role : $"{Role} ({Scope})";
}
