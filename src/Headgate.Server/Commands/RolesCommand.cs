using System.CommandLine;

namespace Headgate.Server.Commands;

/// <summary><c>headgate roles</c>: what the roles of the store permit, and who has them.</summary>
internal static class RolesCommand
{
    public static Command Create(CommandConsole console)
    {
        var command = new Command("roles", "What roles permit and who has them, in the store of the running instance: beside the roles that tokens and API keys bring along.")
        {
            RoleListCommand.Create(console),
            RoleSetCommand.Create(console),
            RoleDeleteCommand.Create(console),
            RoleAssignCommand.Create(console),
            RoleUnassignCommand.Create(console),
            RoleAssignmentsCommand.Create(console),
        };
        CommandExamples.Set(command, """
              headgate roles set developer application:read application:create 'resource:*:read'
              headgate roles assign developer --to user:ada --tenant acme --scope team:frontend
              headgate roles assignments --of user:ada
            """);
        return command;
    }
}
