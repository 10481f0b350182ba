using System.CommandLine;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate roles list</c>.</summary>
internal static class RoleListCommand
{
    private static readonly string[] s_columns = ["ROLE", "CHANGED", "PERMISSIONS"];

    public static Command Create(CommandConsole console)
    {
        var command = new Command("list", "List the roles and what they permit.");
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate roles list
              headgate roles list --format json

            Exit codes: 0 listed, 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => ListAsync(instance.Target(result, console), instance.WantsJson(result), cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(AdminTarget target, bool json, CancellationToken cancellationToken)
    {
        AdminReply<IReadOnlyList<RoleReport>> reply = await AdminClient.ListAsync(target, "/admin/v1/roles?limit=1000", ReportJson.Readable.PageReportRoleReport, cancellationToken);
        return reply.PrintTable(target.Console, json, ReportJson.Readable.IReadOnlyListRoleReport, "There are no roles in the store yet: headgate roles set makes one.", s_columns, role => new[] { role.Name, $"{role.ChangedAt:u}", string.Join(' ', role.Permissions) });
    }
}
