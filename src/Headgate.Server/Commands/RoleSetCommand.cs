using System.CommandLine;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate roles set</c>.</summary>
internal static class RoleSetCommand
{
    public static Command Create(CommandConsole console)
    {
        var name = new Argument<string>("ROLE") { Description = "The role's name." };
        var permissions = new Argument<string[]>("PERMISSION") { Description = "What it permits: segments joined by colons, * for one of them, at the end for all that follow.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("set", "Make a role, or say anew what it permits: all of it. It holds at once for everybody who has the role.") { name, permissions };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate roles set developer application:read application:create 'resource:*:read'
              headgate roles set operator '*:*'

            Exit codes: 0 done, 1 there are too many roles, 2 a name or a permission is none, or no instance is reached.
            """);
        command.SetAction((result, cancellationToken) =>
            SetAsync(instance.Target(result, console), instance.WantsJson(result), result.GetValue(name)!, result.GetValue(permissions) ?? [], cancellationToken));
        return command;
    }

    private static async Task<int> SetAsync(AdminTarget target, bool json, string name, string[] permissions, CancellationToken cancellationToken)
    {
        using HttpContent body = AdminClient.Body(new RoleBody(permissions), ReportJson.Readable.RoleBody);
        AdminReply<RoleReport> reply = await AdminClient.AskAsync(target, HttpMethod.Put, $"/admin/v1/roles/{Uri.EscapeDataString(name)}", body, ReportJson.Readable.RoleReport, cancellationToken);
        return reply.Print(target.Console, json, ReportJson.Readable.RoleReport, role => target.Console.Output.WriteLine($"{role.Name} permits {(role.Permissions.Count == 0 ? "nothing" : string.Join(' ', role.Permissions))}"));
    }
}
