using Headgate.Gateway.Roles;
using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary><c>/roles</c>: what the roles of the store permit.</summary>
internal static class RoleEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AdminServices services)
    {
        routes.MapGet("/roles", context => ListAsync(context, services));
        routes.MapGet("/roles/{role}", context => GetAsync(context, services));
        routes.MapPut("/roles/{role}", context => SetAsync(context, services));
        routes.MapDelete("/roles/{role}", context => DeleteAsync(context, services));
    }

    private static async Task ListAsync(HttpContext context, AdminServices services)
    {
        if (await PageRequest.ReadAsync(context) is not { } page)
            return;
        IReadOnlyList<StoredRole> found = await services.Roles.ListAsync(page.After ?? "", page.Wanted, context.RequestAborted);
        await AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, page.Of([.. found.Select(RoleReport.Of)], role => role.Name), ReportJson.Readable.PageReportRoleReport);
    }

    private static async Task GetAsync(HttpContext context, AdminServices services) =>
        await (await services.Roles.FindAsync(NameOf(context), context.RequestAborted) is { } role
            ? AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, RoleReport.Of(role), ReportJson.Readable.RoleReport)
            : NotFound(context));

    private static async Task SetAsync(HttpContext context, AdminServices services)
    {
        if (await AdminBody.ReadAsync(context, ReportJson.Readable.RoleBody) is not { } body)
            return;
        (StoredRole role, RoleOutcome outcome) = await services.Roles.SetAsync(NameOf(context), body.Permissions, context.RequestAborted);
        await (outcome == RoleOutcome.TooMany
            ? AdminProblem.Conflict(context, $"There are {RoleDirectory.MostRoles} roles already, as many as there may be. Delete one that is not used.")
            : AdminAnswer.WriteAsync(context, outcome == RoleOutcome.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK, RoleReport.Of(role), ReportJson.Readable.RoleReport));
    }

    private static async Task DeleteAsync(HttpContext context, AdminServices services) =>
        await (await services.Roles.DeleteAsync(NameOf(context), context.RequestAborted) switch
        {
            RoleOutcome.Deleted => AdminAnswer.WriteNothing(context),
            RoleOutcome.InUse => AdminProblem.Conflict(context, $"Somebody has the role {NameOf(context)}. Take it from them first: GET /admin/v1/role-assignments?role={Uri.EscapeDataString(NameOf(context))} lists them."),
            _ => NotFound(context),
        });

    private static Task NotFound(HttpContext context) => AdminProblem.NotFound(context, $"There is no role {NameOf(context)}.");

    private static string NameOf(HttpContext context) => (string)context.GetRouteValue("role")!;
}
