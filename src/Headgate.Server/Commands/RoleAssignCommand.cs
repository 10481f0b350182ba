using System.CommandLine;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate roles assign</c>.</summary>
internal static class RoleAssignCommand
{
    public static Command Create(CommandConsole console)
    {
        var role = new Argument<string>("ROLE") { Description = "The role's name." };
        var to = new Option<string>("--to") { Description = "Who gets it: a user by the name in its tokens, a service account by its client id, or an API key by its id.", HelpName = "user:ID|service-account:ID|api-key:ID", Required = true };
        var tenant = new Option<string?>("--tenant") { Description = "The tenant for whose requests it holds; '*' for those of every tenant. Default: requests that have no tenant.", HelpName = "TENANT" };
        var scope = new Option<string?>("--scope") { Description = "Where it holds among those requests. Default: everywhere.", HelpName = "KIND:VALUE" };
        var command = new Command("assign", "Give somebody a role. It holds at once.") { role, to, tenant, scope };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate roles assign developer --to user:ada --tenant acme --scope team:frontend
              headgate roles assign auditor --to service-account:sa_018f --tenant '*'

            Exit codes: 0 assigned (or was already), 1 there is no such role, or too many assignments, 2 wrong arguments, or no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => AssignAsync(
            instance.Target(result, console),
            instance.WantsJson(result),
            new AssignmentBody(result.GetValue(to)!, result.GetValue(tenant), result.GetValue(role)!, result.GetValue(scope)),
            cancellationToken));
        return command;
    }

    private static async Task<int> AssignAsync(AdminTarget target, bool json, AssignmentBody wanted, CancellationToken cancellationToken)
    {
        using HttpContent body = AdminClient.Body(wanted, ReportJson.Readable.AssignmentBody);
        AdminReply<AssignmentReport> reply = await AdminClient.AskAsync(target, HttpMethod.Post, "/admin/v1/role-assignments", body, ReportJson.Readable.AssignmentReport, cancellationToken);
        return reply.Print(target.Console, json, ReportJson.Readable.AssignmentReport, made => target.Console.Output.WriteLine($"{made.Subject} has the role {made.Role} {RoleAssignmentsCommand.HoldsFor(made)} ({made.Id})"));
    }
}
