namespace Headgate.Server.Reporting;

/// <summary>What a role is to permit.</summary>
internal sealed record RoleBody(IReadOnlyList<string> Permissions);
