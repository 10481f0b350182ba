using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Authorize;
using Headgate.Gateway.Roles;
using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary><c>/role-assignments</c>: who has which role of the store.</summary>
internal static class RoleAssignmentEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AdminServices services)
    {
        routes.MapGet("/role-assignments", context => ListAsync(context, services));
        routes.MapPost("/role-assignments", context => AssignAsync(context, services));
        routes.MapDelete("/role-assignments/{assignment}", context => UnassignAsync(context, services));
    }

    private static async Task ListAsync(HttpContext context, AdminServices services)
    {
        if (await PageRequest.ReadAsync(context) is not { } page)
            return;
        var query = new AssignmentQuery
        {
            Subject = AdminQuery.Text(context, "subject") is { } subject ? Subject.TryParse(subject) : null,
            Tenant = AdminQuery.Text(context, "tenant"),
            Role = AdminQuery.Text(context, "role"),
            After = page.After,
            Most = page.Wanted,
        };
        IReadOnlyList<RoleAssignment> found = await services.Roles.ListAssignmentsAsync(query, context.RequestAborted);
        await AdminAnswer.WriteAsync(
            context, StatusCodes.Status200OK, page.Of([.. found.Select(AssignmentReport.Of)], assignment => assignment.Id), ReportJson.Readable.PageReportAssignmentReport);
    }

    private static async Task AssignAsync(HttpContext context, AdminServices services)
    {
        if (await AdminBody.ReadAsync(context, ReportJson.Readable.AssignmentBody) is not { } body)
            return;
        RoleScope? scope = body.Scope is null ? null : RoleScope.TryParse(body.Scope);
        if (scope is { Kind: RoleScope.TenantKind } && body.Tenant is not (null or RoleAssignment.EveryTenant) && scope.Value != body.Tenant)
        {
            await AdminProblem.Unprocessable(context, $"An assignment of tenant {body.Tenant} cannot hold in {scope}. Leave the scope out, or assign the role for that tenant.");
            return;
        }

        (RoleAssignment made, RoleOutcome outcome) = await services.Roles.AssignAsync(Subject.TryParse(body.Subject)!, body.Tenant, body.Role, scope, context.RequestAborted);
        await (outcome switch
        {
            RoleOutcome.Created => AdminAnswer.WriteAsync(context, StatusCodes.Status201Created, AssignmentReport.Of(made), ReportJson.Readable.AssignmentReport),
            RoleOutcome.Replaced => AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, AssignmentReport.Of(made), ReportJson.Readable.AssignmentReport),
            RoleOutcome.NotFound => AdminProblem.Unprocessable(context, $"There is no role {body.Role}. Make it with PUT /admin/v1/roles/{Uri.EscapeDataString(body.Role)}."),
            _ => AdminProblem.Conflict(context, $"There are as many assignments as there may be: {RoleDirectory.MostOfSubject} of one subject, {RoleDirectory.MostAssignments} in all."),
        });
    }

    private static async Task UnassignAsync(HttpContext context, AdminServices services)
    {
        string id = (string)context.GetRouteValue("assignment")!;
        await (await services.Roles.UnassignAsync(id, context.RequestAborted) is not null
            ? AdminAnswer.WriteNothing(context)
            : AdminProblem.NotFound(context, $"There is no role assignment {id}."));
    }
}
