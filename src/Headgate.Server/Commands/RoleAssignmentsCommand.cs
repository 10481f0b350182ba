using System.CommandLine;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate roles assignments</c>.</summary>
internal static class RoleAssignmentsCommand
{
    private static readonly string[] s_columns = ["ID", "SUBJECT", "ROLE", "HOLDS"];

    public static Command Create(CommandConsole console)
    {
        var of = new Option<string?>("--of") { Description = "Those of one subject.", HelpName = "user:ID|service-account:ID|api-key:ID" };
        var tenant = new Option<string?>("--tenant") { Description = "Those of one tenant; '*' for those of every tenant.", HelpName = "TENANT" };
        var role = new Option<string?>("--role") { Description = "Those of one role.", HelpName = "ROLE" };
        var command = new Command("assignments", "List who has which role, for which tenant, and where.") { of, tenant, role };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate roles assignments
              headgate roles assignments --tenant acme --role developer

            Exit codes: 0 listed, 2 wrong arguments, or no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => ListAsync(
            instance.Target(result, console),
            instance.WantsJson(result),
            [("subject", result.GetValue(of)), ("tenant", result.GetValue(tenant)), ("role", result.GetValue(role))],
            cancellationToken));
        return command;
    }

    /// <summary>For which requests an assignment holds, in words.</summary>
    public static string HoldsFor(AssignmentReport assignment)
    {
        string tenant = assignment.Tenant switch { null => "for requests without a tenant", "*" => "for every tenant", _ => $"for tenant {assignment.Tenant}" };
        return assignment.Scope is null ? tenant : $"{tenant} in {assignment.Scope}";
    }

    private static async Task<int> ListAsync(AdminTarget target, bool json, (string Name, string? Value)[] filters, CancellationToken cancellationToken)
    {
        string path = "/admin/v1/role-assignments?limit=1000" + string.Concat(filters.Where(filter => filter.Value is not null).Select(filter => $"&{filter.Name}={Uri.EscapeDataString(filter.Value!)}"));
        AdminReply<IReadOnlyList<AssignmentReport>> reply = await AdminClient.ListAsync(target, path, ReportJson.Readable.PageReportAssignmentReport, cancellationToken);
        return reply.PrintTable(target.Console, json, ReportJson.Readable.IReadOnlyListAssignmentReport, "There are no such assignments.", s_columns, one => new[] { one.Id, one.Subject, one.Role, HoldsFor(one) });
    }
}
