using Headgate.Gateway.Policies.Authorize;

namespace Headgate.Gateway.Roles;

/// <summary>A role of the store: what it permits to whom it is assigned. Immutable.</summary>
/// <param name="Name">The name.</param>
/// <param name="Permissions">What it permits.</param>
/// <param name="ChangedAt">When it was set last.</param>
public sealed record StoredRole(string Name, IReadOnlyList<PermissionPattern> Permissions, DateTimeOffset ChangedAt)
{
    /// <summary>Whether one of its permissions covers what is asked for; null asks for any.</summary>
    internal bool Permits(string? permission)
    {
        if (permission is null)
            return true;
        for (int i = 0; i < Permissions.Count; i++)
        {
            if (Permissions[i].Covers(permission))
                return true;
        }

        return false;
    }
}
