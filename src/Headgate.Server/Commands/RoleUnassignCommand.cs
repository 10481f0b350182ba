using System.CommandLine;

namespace Headgate.Server.Commands;

/// <summary><c>headgate roles unassign</c>.</summary>
internal static class RoleUnassignCommand
{
    public static Command Create(CommandConsole console)
    {
        var ids = new Argument<string[]>("ID") { Description = "The ids of assignments, as headgate roles assignments lists them.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("unassign", "Take roles from whoever has them, by the ids of the assignments. They hold no longer, at once.") { ids };
        InstanceOptions instance = InstanceOptions.AddTo(command, hasFormat: false);
        CommandExamples.Set(command, """
              headgate roles unassign 019235a6f8d57c3e9d0b4a1c2e3f4a5b
              headgate roles assignments --of user:ada --format json | jq -r '.[].id' | xargs headgate roles unassign

            Exit codes: 0 done, 1 there is no such assignment, 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => UnassignAsync(instance.Target(result, console), result.GetValue(ids)!, cancellationToken));
        return command;
    }

    private static async Task<int> UnassignAsync(AdminTarget target, string[] ids, CancellationToken cancellationToken)
    {
        int worst = ExitCodes.Success;
        foreach (string id in ids)
        {
            int exitCode = await AdminClient.TellAsync(target, HttpMethod.Delete, $"/admin/v1/role-assignments/{Uri.EscapeDataString(id)}", null, cancellationToken);
            if (exitCode == ExitCodes.Success)
                target.Console.Output.WriteLine($"{id} is gone");
            worst = Math.Max(worst, exitCode);
        }

        return worst;
    }
}
