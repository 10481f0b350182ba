using Headgate.Gateway.Roles;

namespace Headgate.Server.Reporting;

/// <summary>Who has a role, for which tenant, and where.</summary>
internal sealed record AssignmentReport(string Id, string Subject, string? Tenant, string Role, string? Scope, DateTimeOffset CreatedAt)
{
    public static AssignmentReport Of(RoleAssignment assignment) =>
        new(assignment.Id, assignment.Subject.ToString(), assignment.Tenant, assignment.Role, assignment.Scope?.ToString(), assignment.CreatedAt);
}
