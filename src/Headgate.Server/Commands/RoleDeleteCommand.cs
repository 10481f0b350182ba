using System.CommandLine;

namespace Headgate.Server.Commands;

/// <summary><c>headgate roles delete</c>.</summary>
internal static class RoleDeleteCommand
{
    public static Command Create(CommandConsole console)
    {
        var name = new Argument<string>("ROLE") { Description = "The role's name." };
        var command = new Command("delete", "Delete a role that nobody has.") { name };
        InstanceOptions instance = InstanceOptions.AddTo(command, hasFormat: false);
        CommandExamples.Set(command, """
              headgate roles delete developer

            Exit codes: 0 deleted, 1 there is no such role, or somebody has it, 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => DeleteAsync(instance.Target(result, console), result.GetValue(name)!, cancellationToken));
        return command;
    }

    private static async Task<int> DeleteAsync(AdminTarget target, string name, CancellationToken cancellationToken)
    {
        int exitCode = await AdminClient.TellAsync(target, HttpMethod.Delete, $"/admin/v1/roles/{Uri.EscapeDataString(name)}", null, cancellationToken);
        if (exitCode == ExitCodes.Success)
            target.Console.Output.WriteLine($"{name} is deleted");
        return exitCode;
    }
}
