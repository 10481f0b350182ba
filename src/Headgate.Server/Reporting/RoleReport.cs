using Headgate.Gateway.Roles;

namespace Headgate.Server.Reporting;

/// <summary>A role of the store.</summary>
internal sealed record RoleReport(string Name, IReadOnlyList<string> Permissions, DateTimeOffset ChangedAt)
{
    public static RoleReport Of(StoredRole role) => new(role.Name, [.. role.Permissions.Select(permission => permission.ToString())], role.ChangedAt);
}
